"""Models of the machines of a round's runs, and of what follows its publication;
as machines.py has them.
"""

from tests.api.machines import Action, Complaint, moves, says
from tests.api.town import SERVICE


class Appeal(Complaint):
    kind, starts = "appeal", ["open"]
    walks = 16
    tables = {"appeal": "id"}

    def actions(self, _):
        path = "/v1/rounds/{round}/appeals/{id}/"
        return [
            Action("uphold", "office", "POST", path + "uphold",
                   moves("state", "open", "upheld"), says(answer="属实")),
            Action("refuse", "office", "POST", path + "refuse",
                   moves("state", "open", "refused"), says(answer="不实")),
            Action("withdraw", "student", "POST", path + "withdraw",
                   moves("state", "open", "withdrawn"))]

    def model(self, town, thing):
        state, version = town.run("select state, version from appeal"
                                  " where id = %s", thing.id)[0]
        return {"state": state, "version": version}


class Run(Complaint):
    """The office calls it off, or its round; a worker takes it, and at times
    comes to an end."""
    kind, starts = "run", ["queued", "running"]
    walks = 30
    tables = {"run": "id", "round": "round_id"}
    ends = "error = 'no memory'"

    def actions(self, _):
        path = "/v1/rounds/{round}/"
        return [
            Action("call off", "office", "POST",
                   path + f"{self.kind}s/{{id}}/cancel",
                   moves("state", "queued running", "cancelled"),
                   says(reason="名额有误")),
            Action("call off, without a word", "office", "POST",
                   path + f"{self.kind}s/{{id}}/cancel",
                   moves("state", "queued running", "cancelled"), says()),
            Action("cancel the round", "office", "POST", path + "cancel",
                   self.with_its_round, says(reason="名额未定"),
                   is_rare=True)]

    @staticmethod
    def with_its_round(model):
        if model["round"] == "cancelled":
            return {409}
        if model["state"] not in ("queued", "running"):
            return {**model, "round": "cancelled"}
        return {**model, "round": "cancelled", "state": "cancelled",
                "version": model["version"] + 1}

    def model(self, town, thing):
        state, version, of_round = town.run(
            f"select x.state, x.version, r.state from {self.kind} x"
            " join round r on r.consortium_id = x.consortium_id"
            " and r.id = x.round_id where x.id = %s", thing.id)[0]
        return {"state": state, "version": version, "round":
                "cancelled" if of_round == "cancelled" else "stands"}

    def work(self, world, thing):
        """What a worker does to it, one time in five."""
        self.turns = getattr(self, "turns", 0) + 1
        if self.turns % 5:
            return
        world.town.run(
            f"update {self.kind} set state = 'running', worker = 'w',"
            " attempt = 1, started_at = now(), lease_until = now() + interval"
            " '9 days', actor = %s where id = %s and state = 'queued'",
            SERVICE, thing.id)
        if self.turns % 10 == 0:
            world.town.run(
                f"update {self.kind} set state = 'failed', finished_at ="
                f" now(), {self.ends}, actor = %s where id = %s"
                " and state = 'running'", SERVICE, thing.id)


class Comparison(Run):
    kind = "comparison"
    tables = {"comparison": "id", "round": "round_id"}
