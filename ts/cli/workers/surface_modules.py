"""The names of a module and of its submodules. Standard library only, Python >= 3.9."""

import os
import pkgutil
import sys
import types


def public_names(module):
    """Return the public names of a module, sorted."""
    explicit = getattr(module, "__all__", None)
    names = sorted(set(explicit)) if explicit is not None else [n for n in dir(module) if not n.startswith("_")]
    return [name for name in names if not name.startswith("__") and hasattr(module, name)]


def repeated(module, parent):
    """Return what a submodule merely repeats: its name of each object that its parent offers, and the parent's name."""
    offered = {id(getattr(parent, name)): name for name in public_names(parent)}
    found = {}
    for name in public_names(module):
        thing = getattr(module, name)
        # Small values are one object everywhere, so that only an equal name says that it is the same constant.
        there = name if getattr(parent, name, None) is thing else offered.get(id(thing)) if callable(thing) else None
        if there is not None:
            found[name] = there
    return found


def submodules(module):
    """Return the dotted names, below the module, of its public submodules; none of them is imported for it."""
    prefix, found = module.__name__ + ".", set()
    pending = [("", list(getattr(module, "__path__", [])))]
    for before, folders in pending:
        for _, name, is_package in pkgutil.iter_modules(folders):
            found.add(before + name)
            if is_package and not name.startswith("_") and len(pending) < 100:
                pending.append((before + name + ".", [os.path.join(folder, name) for folder in folders]))
    # Native submodules have no file: they are there because the package put them there.
    found.update(name[len(prefix) :] for name in list(sys.modules) if name.startswith(prefix))
    return sorted(name for name in found if not any(part.startswith("_") for part in name.split(".")))


def own_members(cls):
    """Return the members of a class as they were written, but native attributes by name.

    PyO3 keeps those in another order in every process, and two runs have to be equal.
    """
    members = vars(cls)
    native = [name for name, member in members.items() if isinstance(member, types.GetSetDescriptorType)]
    in_order = dict(zip(native, sorted(native)))
    return [(name, members[name]) for name in (in_order.get(key, key) for key in members)]
