"""Models of the machines of the three lists; as machines.py has them."""

from tests.api.machines import CONFLICT, Action, Complaint, moves, says
from tests.api.matrix_lists import add_appeal, nothing_said
from tests.api.town import SERVICE


class SpecialtyList(Complaint):
    kind, starts = "specialty_list", ["draft"]
    walks = 16
    tables = {"specialty_list": "id"}

    def actions(self, _):
        path = "/v1/specialty-lists/{id}/"

        def decides(model):
            """Not while the time for comments lasts, or one waits."""
            return moves("state", "comment", "decided")(model) \
                if model["is_over"] and not model["waiting"] else CONFLICT

        return [
            Action("open", "office", "POST", path + "open",
                   moves("state", "draft", "comment"),
                   says(comments_by="2099-01-01T00:00:00Z")),
            Action("decide", "office", "POST", path + "decide", decides),
            Action("publish", "office", "POST", path + "publish",
                   moves("state", "decided", "published")),
            Action("cancel", "office", "POST", path + "cancel",
                   moves("state", "draft comment decided", "cancelled"),
                   says(reason="数据有误"), is_rare=True)]

    def model(self, town, thing):
        state, version, is_over, waiting = town.run(
            "select l.state, l.version, l.comments_by <= now(), (select"
            " count(*) from specialty_appeal a where a.list_id = l.id and"
            " a.state = 'open') from specialty_list l where l.id = %s",
            thing.id)[0]
        return {"state": state, "version": version, "is_over": bool(is_over),
                "waiting": waiting}

    @staticmethod
    def work(world, thing):
        """Now the school says something, now it is answered, now the time is
        over."""
        turn = thing.ids["turn"] = thing.ids.get("turn", 0) + 1
        if turn % 7 == 0:
            nothing_said(world, thing)
            add_appeal(world.town, world.home, thing.id,
                       thing.ids["entry_id"], world.own.school)
        elif turn % 3 == 0:
            nothing_said(world, thing)
        if turn % 5 == 0:
            world.town.run(
                "update specialty_list set comments_by = now(), actor = %s"
                " where id = %s and state = 'comment' and comments_by >"
                " now()", SERVICE, thing.id)


class SpecialtyAppeal(Complaint):
    kind, starts = "specialty_appeal", ["open"]
    walks = 16
    tables = {"specialty_appeal": "id"}

    def actions(self, _):
        path = "/v1/specialty-lists/{list}/appeals/{id}/"
        return [
            Action("uphold", "office", "POST", path + "answer",
                   moves("state", "open", "upheld"),
                   says(verdict="upheld", answer="属实")),
            Action("refuse", "office", "POST", path + "answer",
                   moves("state", "open", "refused"),
                   says(verdict="refused", answer="不实")),
            Action("withdraw", "school", "POST", path + "withdraw",
                   moves("state", "open", "withdrawn"))]
