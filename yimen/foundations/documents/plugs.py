from yimen.foundations.definitions.ports import Kind, kinds
from yimen.foundations.documents.engine.letters import Letter, run_example

kinds.register(Kind(name="letter", grammar=Letter, title="文书", run_example=run_example))
