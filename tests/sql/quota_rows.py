"""Bad rows of the quota ledger."""


def checks():
    for name, bad in (("seq_check", {"seq": 0}),
                      ("cause_check", {"cause": "weather"}),
                      ("is_whole", {"present": None}),
                      ("floor_is_of_the_enterprise", {"floor_seats": 1})):
        yield "quota_entry", f"quota_entry_{name}", bad
    yield "quota_standing", "quota_standing_seq_check", {"seq": -1}
