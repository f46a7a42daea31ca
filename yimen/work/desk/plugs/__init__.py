"""What the desk plugs into the apps below, one file per subject, and what it plugs into itself."""

from yimen.work.desk.plugs import areas, first_page, forerunners, grammars, papers, residents, standing_in

__all__ = ["areas", "first_page", "forerunners", "grammars", "papers", "residents", "standing_in"]
