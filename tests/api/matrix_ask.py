"""What the matrix sends: for every operation with an id in its path the path,
a sound body, and the version that it must name."""

import re

from tests.api.firm import later
from tests.api.matrix_lists import commented, nothing_said
from tests.api.placed import day, terms
from tests.api.town import new_id

# Path parameters: the kind of thing behind an id, or a word that is there.
KINDS = {
    "consortium_id": "consortium", "enterprise_id": "enterprise",
    "post_category_id": "post_category", "school_id": "school",
    "student_id": "student", "posting_id": "posting",
    "application_id": "application", "offer_id": "offer",
    "disclosure_id": "disclosure", "complaint_id": "complaint",
    "round_id": "round", "run_id": "run", "appeal_id": "appeal",
    "capacity_request_id": "capacity_request",
    "comparison_id": "comparison", "placement_id": "placement",
    "import_id": "import", "account_id": "account",
    "invitation_id": "account_invitation", "session_id": "session",
    "api_key_id": "api_key", "fetch_id": "posting_feed_fetch",
    "provider_id": "identity_provider", "identity_id": "identity",
    "access_request_id": "access_request",
    "exemption_id": "quota_override",
    "notice_id": "quota_notice",
    "list_id": "specialty_list", "entry_id": "specialty_entry",
    "specialty_appeal_id": "specialty_appeal",
}
# What goes by the id of something else, and has a state of its own.
ALSO = {"/v1/postings/{posting_id}/cooperation": ("posting_id",
                                                  "cooperation"),
        "/v1/students/{student_id}/destination": ("student_id",
                                                  "graduate_destination")}
WORDS = {"week": "1", "year": "2027", "number": "1", "months": "6"}
QUERIES = {"getPreferences": "?round_id={round}",
           "getPostingPreferences": "?round_id={round}",
           "getAcceptance": "?from=2026-01-01&to=2026-12-31"}

REASON = {"reason": "因故"}
MARK = {"mark": "good"}


def policy(world, _):
    reply = world.office.get(f"/v1/consortia/{world.home}/policy").json
    return {name: value for name, value in reply.items()
            if name not in ("version", "valid_from", "created_at", "note")}


def sign(world, thing):
    return {"sha256": world.sha256(thing.id)}


BODIES = {
    "createPolicy": policy, "previewPolicy": policy,
    "updateEnterprise": {"address": "湖滨路 2 号"},
    "rejectEnterprise": REASON, "suspendEnterprise": REASON,
    "createPostCategory": {"name": "钳工", "staff_count": 9,
                           "staff_counted_on": "2026-01-01"},
    "updatePostCategory": {"name": "钳工"},
    "createQuotaStatement": {"from": "2026-01-01", "to": "2026-12-31"},
    "putDemandList": {"items": [{"specialty": "660301",
                                 "openings": 2}]},
    "updateStudent": {"skills": ["钳工"]},
    "updateSpecialtyMapping": {"mapping": {"钳工": "660301"}},
    "eraseStudent": REASON, "putContact": {"phone": "13900000001"},
    "putPreferences": lambda world, thing: {
        "round_id": str(world.round), "posting_ids": [str(world.posting)]},
    "certifyPreferences": lambda world, _: {"round_id": str(world.round)},
    "putPostingPreferences": lambda world, _: {
        "round_id": str(world.round), "student_ids": []},
    "updatePosting": {"address": "湖滨路 2 号"},
    "publishPosting": lambda *_: {"closes_at": later()},
    "renewPosting": lambda *_: {"closes_at": later(99)},
    "closePosting": {},
    "putCooperation": lambda world, _: {
        "school_id": str(world.own.school), "specialty_code": "660301",
        "entry_year": 2024, "cohort_size": 30},
    "refuseCooperation": REASON,
    "putDestination": {"code": "70"}, "disputeDestination": REASON,
    "putFollowUp": {"code": "70"},
    "putFeed": {"url": "https://jobs.example.com/all"},
    "createInvitation": lambda world, thing: {
        "student_id": str(world.candidate.id)},
    "withdrawApplication": {}, "shortlistApplication": {},
    "rejectApplication": REASON,
    "createInterview": {"at": "2099-01-01T09:00:00Z", "place": "湖滨路"},
    "createOffer": lambda *_: {
        "starts_on": day(0), "ends_on": day(120), "pay_fen": 320000,
        "reply_by": later(2)},
    "declineOffer": REASON, "withdrawOffer": REASON,
    "answerComplaint": {"answer": "已责成补发"}, "closeComplaint": REASON,
    "updateRound": {"name": "春季二"},
    "extendRound": lambda *_: {"closes_at": later(15), **REASON},
    "cancelRound": REASON,
    "createCapacityRequest": lambda world, _: {
        "posting_id": str(world.posting), "openings": 99, **REASON},
    "refuseCapacityRequest": REASON,
    "runRound": {"mode": "stable"}, "cancelRun": {},
    "cancelComparison": {},
    "createComparison": lambda world, thing: {
        "run_id": str(thing.ids["run_id"])},
    "publishRound": lambda world, thing: {
        "run_id": str(thing.ids["run_id"])},
    "rerunRound": {"mode": "stable"},
    "createAppeal": {"grounds": "data", "text": "专业登记有误"},
    "upholdAppeal": {"answer": "已更正"}, "refuseAppeal": {"answer": "无误"},
    "refusePlacement": REASON, "declinePlacement": REASON,
    "startPlacement": {}, "completePlacement": REASON,
    "terminatePlacement": REASON,
    "putAgreement": lambda *_: terms(place="新厂区"),
    "signAgreement": sign,
    "createLog": {"week": 1, "text": "自检"},
    "putSchoolMark": MARK, "putEnterpriseMark": MARK,
    "createEvaluation": {"score": 5},
    "putHostUnit": {"decided_on": "2026-01-01", "is_honest": True,
                    "is_safe": True, "is_equipped": True},
    "putFiling": {"consented_by": "杭州市教育局", "consent_number": "12",
                  "consented_on": "2026-01-01"},
    "acknowledgeNotices": {},
    "updateIdentityProvider": {"name": "新平台"},
    "approveAccessRequest": lambda *_: {"until": later()},
    "refuseAccessRequest": REASON,
    "endQuotaExemption": REASON,
    "openSpecialtyList": lambda *_: {"comments_by": later()},
    "cancelSpecialtyList": REASON,
    "decideSpecialtyEntry": {"outcome": "upgrade", **REASON},
    "createSpecialtyAppeal": lambda world, thing: {
        "entry_id": str(thing.ids["entry_id"]), "text": "明年投产"},
    "answerSpecialtyAppeal": {"verdict": "refused", "answer": "不实"},
    "withdrawConsent": lambda world, thing: {"party": "guardian", **REASON},
}
# A member that only one role says.
BY_ROLE = {
    ("signAgreement", "student"): lambda _: {"consent": True},
    ("createAppeal", "school"): lambda world: {
        "student_id": str(world.own.student)},
    ("createAppeal", "enterprise"): lambda world: {
        "posting_id": str(world.posting)},
}

# Whose version If-Match names.
VERSIONS = {
    "updateEnterprise": "enterprise", "updatePostCategory": "post_category",
    "deletePostCategory": "post_category", "updateStudent": "student",
    "updateRound": "round", "certifyPreferences": "wish_list",
    "updatePosting": "posting", "putAgreement": "agreement",
    "putDemandList": None, "putPostingPreferences": None, "deleteFeed": "posting_feed",
    "agreeCooperation": "cooperation", "refuseCooperation": "cooperation",
    "putDestination": "graduate_destination",
    "confirmDestination": "graduate_destination",
    "disputeDestination": "graduate_destination",
    "verifyDestination": "graduate_destination",
    "putFollowUp": None, "verifyFollowUp": None,
    "updateIdentityProvider": "identity_provider",
    "deleteIdentityProvider": "identity_provider",
    "decideSpecialtyEntry": "specialty_entry",
}


def kinds_of(card):
    """The path parameters that are ids, each with the kind behind it."""
    return [(name, KINDS[name])
            for name in re.findall(r"\{(\w+_id)\}", card["path"])] \
        + [more for path, more in ALSO.items()
           if card["path"].startswith(path)]


def path_of(world, card, param, thing):
    def filled(found):
        name = found.group(1)
        if name == param:
            return str(thing.id)
        if name in WORDS:
            return WORDS[name]
        return str(thing.ids.get(name) or world.default(name, thing))

    return (re.sub(r"\{(\w+)\}", filled, card["path"])
            + QUERIES.get(card["operation"], "").format(round=world.round))


def body_of(world, card, role, thing):
    body = BODIES.get(card["operation"])
    if callable(body):
        body = body(world, thing)
    more = BY_ROLE.get((card["operation"], role))
    return {**body, **more(world)} if more else body


def headers_of(world, card, param, thing):
    if card["operation"] not in VERSIONS:
        return {}
    table, version = VERSIONS[card["operation"]], None
    if table:
        subject = thing.ids.get(table + "_id") or thing.id
        by = "student_id" if table == "wish_list" else "id"
        version = world.town.run(f"select version from {table}"
                                 f" where {by} = %s", subject)
    return {"If-Match": f'"v{version[0][0] if version else 0}"'}


# What must be there besides, for the answer to be about state and owner alone.
def new_edition(world, thing):
    if thing.state in ("accepted", "agreement_signed", "started"):
        world.sign(thing.id, parties=())


def found_by_student(world, thing):
    world.town.run("update placement set origin = 'self_found',"
                   " title = '见习', posting_id = null, actor = id"
                   " where id = %s and origin <> 'self_found'", thing.id)


def first_week(world, thing):
    if thing.state in ("started", "completed"):
        world.town.run(
            "insert into internship_log (consortium_id, id, placement_id,"
            " week, text, is_late) values (%s, %s, %s, 1, '自检', false)"
            " on conflict do nothing", world.home, new_id(), thing.id)


def listed(world, thing):
    school = thing.id if thing.kind == "school" else world.own.school
    enterprise = thing.id if thing.kind == "enterprise" \
        else world.own.enterprise
    world.list_host(school, enterprise)


def to_be_told(world, thing):
    if thing.state == "terminated":
        world.town.run(
            "insert into placement_notice (consortium_id, placement_id,"
            " about, party) select %s, %s, 'terminated', p from unnest("
            " array['student', 'enterprise', 'school']) as p"
            " on conflict do nothing", world.home, thing.id)


def no_appeal_open(world, thing):
    world.town.run("update appeal set state = 'withdrawn', actor = id"
                   " where round_id = %s and state = 'open'", thing.id)


def appealed_long_ago(world, thing):
    no_appeal_open(world, thing)
    if thing.state == "published":
        world.town.run(
            "update round set appeals_by = now(), actor = id where id = %s"
            " and appeals_by > now()", thing.id)


def wished(world, thing):
    if thing.kind == "student":
        world.town.run(
            "insert into wish_list (consortium_id, round_id, student_id,"
            " updated_by) select consortium_id, %s, id, id from student where"
            " consortium_id = %s and id = %s on conflict do nothing",
            world.round, world.home, thing.id)


PREPARE = {"finalizeRound": appealed_long_ago, "createAppeal": no_appeal_open,
           "certifyPreferences": wished,
           "decideSpecialtyList": commented,
           "createSpecialtyAppeal": nothing_said,
           "deleteHostUnit": listed, "acknowledgeNotices": to_be_told,
           "signAgreement": new_edition, "approvePlacement": found_by_student,
           "refusePlacement": found_by_student, "getLog": first_week,
           "putSchoolMark": first_week, "putEnterpriseMark": first_week}


def prepare(world, card, thing):
    PREPARE.get(card["operation"], lambda *_: None)(world, thing)


def ask(world, client, card, role, param, thing):
    sent = {"headers": headers_of(world, card, param, thing)}
    body = body_of(world, card, role, thing)
    if card["method"] == "PATCH":
        sent["content_type"] = "application/merge-patch+json"
    return client.ask(card["method"], path_of(world, card, param, thing),
                      body, **sent)
