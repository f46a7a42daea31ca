"""One door per app: outsiders import an app only through its public modules (contract type for import-linter)."""

from importlinter import Contract, ContractCheck, fields, output


class OneDoorContract(Contract):
    """A package that holds ``apps.py`` is an app; only ``public`` may be imported from outside it.

    ``may_enter`` names the modules that wire the house together and may import what they wire.
    """

    public = fields.SetField(subfield=fields.StringField())
    may_enter = fields.SetField(subfield=fields.StringField(), required=False)

    def check(self, graph, verbose):
        apps = {module.removesuffix(".apps") for module in graph.modules if module.endswith(".apps")}
        breaches = [
            (importer, imported)
            for importer in sorted(graph.modules)
            if importer not in (self.may_enter or ())
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if (owner := _owner(imported, apps))
            and owner != _owner(importer, apps)
            and imported.removeprefix(f"{owner}.").split(".")[0] not in self.public
        ]
        return ContractCheck(kept=not breaches, metadata={"breaches": breaches})

    def render_broken_contract(self, check):
        for importer, imported in check.metadata["breaches"]:
            output.print_error(f"{importer} walks past the door into {imported}")


def _owner(module, apps):
    owners = [app for app in apps if module == app or module.startswith(f"{app}.")]
    return max(owners, key=len, default=None)
