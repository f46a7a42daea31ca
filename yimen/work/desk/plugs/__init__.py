"""What the desk plugs into the apps below, one file per subject."""

from yimen.work.desk.plugs import areas, first_page, grammars, papers, residents, standing_in

__all__ = ["areas", "first_page", "grammars", "papers", "residents", "standing_in"]
