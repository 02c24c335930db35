"""Models of the machines that follow the publication of a round; as machines.py
has them.
"""

from tests.api.machines import Action, Complaint, moves, says


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
