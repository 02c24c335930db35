"""A model in Python of each state machine: what the API does to it, who does
it, and how a row is seen. See test_machines.py, which walks them at random.

A model is a dict; an effect takes one and gives the next, or the statuses with
which it is refused.
"""

import dataclasses
import typing

from tests.api.firm import later
from tests.api.placed import day, terms
from tests.api.town import SERVICE, new_id

CONFLICT, BROKEN, STALE = {409}, {422}, {412}
INTERVIEWS_MAX = 5  # of a policy that does not say
PARTIES = {"school": "school", "enterprise": "enterprise",
           "student": "student", "guardian": "student"}


@dataclasses.dataclass
class Action:
    name: str
    role: str
    method: str
    path: str               # {id}, {offer} are filled in
    effect: typing.Callable
    body: typing.Callable = lambda thing, model: None
    if_match: str = None    # the member of the model that it names
    needs: str = None       # a member that must be there to ask at all
    is_rare: bool = False   # it ends the walk
    yields: bool = False    # refused where the row changed since it was seen
    lost: frozenset = frozenset({409, 412})     # ... with one of these


def says(**members):
    return lambda thing, model: members


def moves(member, froms, to=None, **counts):
    """A change of state; to None: it stays. Its version rises by one."""
    def effect(model):
        if model[member] not in froms.split():
            return CONFLICT
        return {**model, member: to or model[member],
                "version": model["version"] + 1}
    return effect


class Complaint:
    kind, starts = "complaint", ["open"]
    walks = 40
    tables = {"complaint": "id"}

    def actions(self, _):
        path = "/v1/complaints/{id}/"
        close = moves("state", "open answered", "closed")
        return [
            Action("answer", "office", "POST", path + "answer",
                   moves("state", "open", "answered"),
                   says(answer="已责成补发")),
            Action("close", "student", "POST", path + "close", close,
                   says(reason="已解决")),
            Action("put aside", "office", "POST", path + "close", close,
                   says(reason="查无此事"))]

    def model(self, town, thing):
        state, version = town.run(f"select state, version from {self.kind}"
                                  " where id = %s", thing.id)[0]
        return {"state": state, "version": version}


class CapacityRequest(Complaint):
    kind, starts = "capacity_request", ["requested"]
    walks = 16
    tables = {"capacity_request": "id"}

    def actions(self, _):
        path = "/v1/rounds/{round}/capacity-requests/{id}/"
        return [
            Action("approve", "office", "POST", path + "approve",
                   moves("state", "requested", "approved")),
            Action("refuse", "office", "POST", path + "refuse",
                   moves("state", "requested", "refused"),
                   says(reason="名额已定")),
            Action("withdraw", "enterprise", "POST", path + "withdraw",
                   moves("state", "requested", "withdrawn"))]


class Enterprise(Complaint):
    kind, starts = "enterprise", ["unverified"]
    walks = 8
    tables = {"enterprise": "id"}

    def actions(self, _):
        path = "/v1/enterprises/{id}"

        def mends(model, is_renamed):
            back = model["state"] == "rejected" or (
                is_renamed and model["state"] == "verified")
            return {"state": "unverified" if back else model["state"],
                    "version": model["version"] + 1}

        return [
            Action("verify", "office", "POST", path + "/verify", moves(
                "state", "unverified rejected suspended", "verified"),
                yields=True),
            Action("reject", "office", "POST", path + "/reject",
                   moves("state", "unverified", "rejected"),
                   says(reason="证照不符"), yields=True),
            Action("suspend", "office", "POST", path + "/suspend",
                   moves("state", "verified", "suspended"),
                   says(reason="被投诉"), yields=True),
            Action("mend", "enterprise", "PATCH", path,
                   lambda model: mends(model, False),
                   says(address="湖滨路 2 号"), "version"),
            Action("rename", "enterprise", "PATCH", path,
                   lambda model: mends(model, True),
                   lambda *_: {"name": f"湖城 {new_id()} 厂"}, "version")]


class Posting(Complaint):
    kind, starts = "posting", ["draft", "expired"]
    walks = 8
    tables = {"posting": "id"}

    def actions(self, _):
        path = "/v1/postings/{id}"
        return [
            Action("publish", "enterprise", "POST", path + "/publish",
                   moves("state", "draft closed expired", "published"),
                   lambda *_: {"closes_at": later()}, yields=True),
            Action("renew", "enterprise", "POST", path + "/renew",
                   moves("state", "published"),
                   lambda *_: {"closes_at": later(60)}, yields=True),
            Action("close", "enterprise", "POST", path + "/close",
                   moves("state", "published", "closed"),
                   says(reason="已招满"), yields=True),
            Action("mend", "enterprise", "PATCH", path,
                   lambda model: {**model, "version": model["version"] + 1},
                   lambda *_: {"address": f"湖滨路 {new_id()} 号"},
                   "version")]


class Individual:
    """An application and the offers that are made on it."""
    kind, starts = "application", ["applied"]
    walks = 16
    tables = {"application": "id", "offer": "offer"}

    def actions(self, _):
        path, offer = "/v1/applications/{id}/", "/v1/offers/{offer}/"
        undecided = "applied shortlisted interviewing"

        def ends(to, application):
            def effect(model):
                if model["offer"] != "made":
                    return CONFLICT
                return {**model, "offer": to, "state": application,
                        "version": model["version"] + 1}
            return effect

        def withdraws(model):
            after = moves("state", undecided + " offered",
                          "withdrawn")(model)
            if model["offer"] == "made" and after != CONFLICT:
                after["offer"] = "declined"
            return after

        def calls(model):
            """So many interviews of one application as the policy says."""
            after = moves("state", undecided, "interviewing")(model)
            if after == CONFLICT or model["calls"] >= INTERVIEWS_MAX:
                return CONFLICT
            return {**after, "calls": model["calls"] + 1}

        def offers(model):
            after = moves("state", undecided, "offered")(model)
            return after if after == CONFLICT \
                else {**after, "offer": "made", "offers": model["offers"] + 1}

        return [
            Action("shortlist", "enterprise", "POST", path + "shortlist",
                   moves("state", "applied", "shortlisted"), says()),
            Action("call", "enterprise", "POST", path + "interviews", calls,
                   says(at="2099-01-01T09:00:00Z", place="湖滨路")),
            Action("reject", "enterprise", "POST", path + "reject",
                   moves("state", undecided, "rejected"), says(reason="不合适"),
                   is_rare=True),
            Action("withdraw", "student", "POST", path + "withdraw",
                   withdraws, says(), is_rare=True),
            Action("offer", "enterprise", "POST", path + "offers", offers,
                   lambda *_: {"starts_on": day(0), "ends_on": day(120),
                               "pay_fen": 320000, "reply_by": later(2)}),
            Action("accept", "student", "POST", offer + "accept",
                   ends("accepted", "placed"), needs="offer", is_rare=True),
            Action("decline", "student", "POST", offer + "decline",
                   ends("declined", "shortlisted"), says(reason="路太远"),
                   needs="offer"),
            Action("take back", "enterprise", "POST", offer + "withdraw",
                   ends("withdrawn", "shortlisted"), says(reason="岗位取消"),
                   needs="offer")]

    def model(self, town, thing):
        state, version = town.run("select state, version from application"
                                  " where id = %s", thing.id)[0]
        offers = town.run("select state, id from offer where application_id"
                          " = %s order by created_at desc, id desc", thing.id)
        thing.ids["offer"] = offers[0][1] if offers else None
        calls = town.one("select count(*) from interview"
                         " where application_id = %s", thing.id)
        return {"state": state, "version": version, "offers": len(offers),
                "offer": offers[0][0] if offers else None, "calls": calls}


class Placement:
    """From the nomination to the end, with the editions of its agreement."""
    kind, starts = "placement", ["proposed", "accepted", "accepted",
                                "started"]
    walks = 24
    tables = {"placement": "id", "agreement": "id"}

    def actions(self, _):
        path = "/v1/placements/{id}/"
        agreed = "accepted agreement_signed started"

        def writes(model):
            if model["state"] not in agreed.split():
                return CONFLICT
            return {**model, "edition": model["edition"] + 1,
                    "signed": frozenset(), "written": model["written"] + 1}

        def signs(party):
            def effect(model):
                if model["state"] not in agreed.split() \
                        or model["edition"] != model.get("shown",
                                                         model["edition"]) \
                        or not model["edition"] or party in model["signed"]:
                    return CONFLICT
                after = {**model, "signed": model["signed"] | {party},
                         "written": model["written"] + 1}
                if len(after["signed"]) == 4:
                    after["in_force"] = model["edition"]
                    after["version"] += 1
                    if model["state"] == "accepted":
                        after["state"] = "agreement_signed"
                return after
            return effect

        def starts(model):
            if model["state"] in ("accepted", "agreement_signed") \
                    and len(model["signed"]) < 4:
                return BROKEN
            return moves("state", "agreement_signed", "started")(model)

        reason = says(reason="因故")
        found = [
            Action("accept", "student", "POST", path + "accept",
                   moves("state", "proposed", "accepted")),
            Action("decline", "student", "POST", path + "decline",
                   moves("state", "proposed", "declined"), reason,
                   is_rare=True),
            Action("write", "school", "PUT", path + "agreement", writes,
                   lambda *_: terms(place=f"厂区 {new_id()}"), "written",
                   is_rare=True),
            Action("start", "school", "POST", path + "start", starts,
                   says()),
            Action("complete", "school", "POST", path + "complete",
                   moves("state", "started", "completed"), reason,
                   is_rare=True)]
        found += [Action("terminate by " + role, role, "POST",
                         path + "terminate",
                         moves("state", "proposed " + agreed, "terminated"),
                         reason, is_rare=True)
                  for role in ("student", "enterprise", "school")]
        found += [Action("sign as " + party, role, "POST",
                         path + "agreement/signatures", signs(party),
                         self.signature(party))
                  for party, role in PARTIES.items()]
        return found

    @staticmethod
    def signature(party):
        more = {"student": {"consent": True},
                "guardian": {"consent": True, "guardian_name": "周建国"}}
        return lambda thing, model: {"sha256": thing.sha256,
                                     **more.get(party, {})}

    def model(self, town, thing):
        state, version = town.run("select state, version from placement"
                                  " where id = %s", thing.id)[0]
        found = town.run("select edition, signed_edition, version from"
                         " agreement where id = %s", thing.id)
        edition, in_force, written = found[0] if found else (0, None, 0)
        signed = town.run("select party from agreement_signature where"
                          " placement_id = %s and edition = %s", thing.id,
                          edition)
        sha = town.run("select encode(sha256, 'hex') from agreement_edition"
                       " where placement_id = %s and edition = %s", thing.id,
                       edition)
        thing.sha256 = sha[0][0] if sha else "0" * 64
        return {"state": state, "version": version, "edition": edition,
                "in_force": in_force, "written": written,
                "signed": frozenset(row[0] for row in signed)}

    def work(self, world, thing):
        """At times a worker finds that nobody answered."""
        self.rounds = getattr(self, "rounds", 0) + 1
        if self.rounds % 9 == 0:
            world.town.run("update placement set state = 'lapsed', actor = %s"
                           " where id = %s and state = 'proposed'", SERVICE,
                           thing.id)


class Round:
    """The office moves it; what a worker does stands between two actions."""
    kind, starts = "round", ["draft"]
    walks = 12
    tables = {"round": "id"}

    def actions(self, world):
        path = "/v1/rounds/{id}/"

        def runs(model):
            if model["state"] not in ("closed", "computed") \
                    or model["waiting"]:
                return CONFLICT
            return {**model, "waiting": model["waiting"] + 1}

        def ends(model):
            """Not while the time to appeal lasts, or a run waits."""
            return moves("state", "published", "final")(model) \
                if model["is_over"] and not model["waiting"] else CONFLICT

        def again(model):
            if model["state"] != "published" or model["waiting"]:
                return CONFLICT
            return {**model, "waiting": model["waiting"] + 1}

        def publishes(model):
            """A computed round; or what goes on from the publication."""
            if model["goes_on"] and model["state"] == "published":
                return {**model, "version": model["version"] + 1,
                        "goes_on": False, "is_over": False}
            return moves("state", "computed", "published")(model)

        def mends(model):
            if model["state"] != "draft":
                return CONFLICT | STALE
            return {**model, "version": model["version"] + 1}

        def cancels(model):
            after = moves("state", "draft open closed computed",
                          "cancelled")(model)
            return after if after == CONFLICT else {**after, "waiting": 0}

        return [
            Action("mend", "office", "PATCH", path[:-1], mends,
                   lambda *_: {"name": str(new_id())}, "version"),
            Action("cancel", "office", "POST", path + "cancel", cancels,
                   says(reason="名额未定"), is_rare=True),
            Action("extend", "office", "POST", path + "extend",
                   moves("state", "open"),
                   lambda _, model: {"closes_at": later(15 + model["version"]),
                                     "reason": "未填完"},
                   yields=True, lost=frozenset({409, 412, 422})),
            Action("open", "office", "POST", path + "open",
                   moves("state", "draft", "open"), yields=True),
            Action("close", "office", "POST", path + "close",
                   moves("state", "open", "closed"), yields=True),
            Action("run", "office", "POST", path + "run", runs,
                   says(mode="stable")),
            Action("again", "office", "POST", path + "reruns", again,
                   says(mode="stable"), yields=True),
            Action("publish", "office", "POST", path + "publish", publishes,
                   lambda thing, _: {"run_id": str(thing.ids["run"])},
                   needs="done", yields=True),
            Action("end", "office", "POST", path + "finalize", ends,
                   yields=True)]

    def model(self, town, thing):
        state, version, is_over, published = town.run(
            "select state, version, appeals_by <= now(), published_run_id"
            " from round where id = %s", thing.id)[0]
        runs = town.run("select id, state, base_run_id from run where"
                        " round_id = %s order by created_at desc", thing.id)
        done = [(run, base) for run, how, base in runs if how == "done"]
        thing.ids["run"] = done[0][0] if done else None
        return {"state": state, "version": version, "done": len(done),
                "is_over": bool(is_over), "goes_on": bool(
                    done and done[0][1] and done[0][1] == published),
                "waiting": sum(how == "queued" for _, how, _ in runs)}

    @staticmethod
    def work(world, thing):
        """What a worker does to a run that waits."""
        for (run,) in world.town.run("select id from run where round_id = %s"
                                     " and state = 'queued'", thing.id):
            for state in ("running", "computed"):
                if state == "computed":
                    world.run_to(run, "done")
                world.town.run("update round set state = %s, actor = %s where"
                               " id = %s and state not in ('published',"
                               " 'final', 'cancelled')", state,
                               SERVICE, thing.id)
        world.town.run("update round set appeals_by = now(), actor = %s where"
                       " id = %s and state = 'published' and appeals_by >"
                       " now()", SERVICE, thing.id)


BANDS = ["below_2000", "below_4000", "below_6000", "below_8000"]


class Destination:
    """The graduate and his school declare, three say what is so."""
    kind, starts = "graduate_destination", ["declared"]
    walks = 60
    tables = {"graduate_destination": "id"}

    def actions(self, world):
        path = "/v1/students/{id}/destination"
        evidence = {"evidence_kind": "labour_contract",
                    "evidence_sha256": "5f" * 32}
        uscc = world.town.one("select uscc from enterprise where id = %s",
                              world.own.enterprise)

        def another(model):
            return BANDS[(BANDS.index(model["band"]) + 1) % len(BANDS)]

        def put(is_own):
            return lambda model: {
                **model, "state": "declared", "band": another(model),
                "own": is_own, "asked": is_own,
                "confirmed": False, "version": model["version"] + 1}

        def says_so(is_own):
            return lambda thing, model: {
                "code": "11", "employer_name": "湖城厂",
                "division_code": "330106", "employer_uscc": uscc,
                "pay_band": another(model), "is_employer_asked": is_own,
                **evidence}

        def owns(model):
            return CONFLICT if model["own"] else {
                **model, "own": True, "version": model["version"] + 1}

        def hears(effect):
            return lambda model: effect(model) if model["asked"] else {404}

        def verifies(model):
            if model["state"] not in ("declared", "confirmed", "denied"):
                return CONFLICT
            if model["state"] == "denied" or not model["own"]:
                return BROKEN
            return {**model, "state": "verified",
                    "version": model["version"] + 1}

        def loses(froms, to):
            move = moves("state", froms, to)
            return lambda model: move({**model, "confirmed": False})

        def confirms(model):
            after = moves("state", "declared denied", "confirmed")(model)
            return after if isinstance(after, set) else {
                **after, "confirmed": True}

        def act(name, role, method, end, effect, body=None):
            return Action(name, role, method, path + end, effect,
                          body or (lambda thing, model: None),
                          if_match="version", yields=True)

        return [
            act("declare", "student", "PUT", "", put(True), says_so(True)),
            act("enter", "school", "PUT", "", put(False), says_so(False)),
            act("own", "student", "POST", "/confirm", owns),
            act("confirm", "enterprise", "POST", "/confirm",
                hears(confirms)),
            act("deny", "enterprise", "POST", "/dispute", hears(loses(
                "declared confirmed verified", "denied")),
                says(reason="未入职")),
            act("give back", "school", "POST", "/dispute", loses(
                "declared confirmed denied verified", "returned"),
                says(reason="材料不符")),
            act("verify", "school", "POST", "/verify", verifies)]

    def model(self, town, thing):
        state, version, band, own, asked, confirmed = town.run(
            "select state, version, pay_band, acknowledged_at is not null,"
            " is_employer_asked, confirmed_at is not null"
            " from graduate_destination where id = %s", thing.id)[0]
        return {"state": state, "version": version,
                "band": band or BANDS[0], "own": own, "asked": asked,
                "confirmed": confirmed}


MACHINES = [Complaint(), Enterprise(), Posting(), Individual(), Placement(),
            Round(), Destination(), CapacityRequest()]
