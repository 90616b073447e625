"""What pluggy lets pass and a plugin's author would search for all night: found at boot, all of it at once.

pluggy refuses the first unknown hook it meets, without a place. It takes defaulted and keyword-only arguments, which
it never passes, and functions without ``@hookimpl``, which it never calls.
"""

import builtins
import dis
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from inspect import Parameter
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from lms_core.foundation.host.annotations import hints_of, narrower, shown
from lms_core.foundation.host.findings import Finding, Findings, nearest, written
from lms_core.foundation.host.manifest import Manifest
from lms_core.foundation.host.manifest_file import line_in
from lms_core.foundation.text import Text, text

PROJECT = "lms"
WRAPPED_VERB = f"{PROJECT}_choose_"

Specifications = Mapping[str, Callable[..., Any]]


def check_hooks(manifest: Manifest, module: ModuleType, specifications: Specifications) -> Findings:
    """Every fault in how ``module`` answers hooks, and where it differs from what ``manifest`` declares."""
    answers = tuple(_functions(module))
    faults = [*_no_functions(manifest, module, answers)]
    faults += [fault for answer in answers for fault in _Check(manifest.id, answer, specifications).faults()]
    answered = {answer.hook: answer for answer in answers if answer.options is not None}
    return (*faults, *_undeclared(manifest, answered, specifications), *_unanswered(manifest, answered, specifications))


@dataclass(frozen=True)
class _Answer:
    """A function that is a hook's implementation, or looks like one."""

    name: str
    function: Callable[..., Any]
    options: Mapping[str, Any] | None

    @property
    def hook(self) -> str:
        return (self.options or {}).get("specname") or self.name


def _functions(module: ModuleType) -> Iterator[_Answer]:
    for name in sorted(vars(module)):
        function = inspect.getattr_static(module, name)
        if inspect.isroutine(function) and hasattr(inspect.unwrap(function), "__code__"):
            options = getattr(function, f"{PROJECT}_impl", None)
            if options is not None or name.startswith(f"{PROJECT}_"):
                yield _Answer(name, function, options if isinstance(options, Mapping) else None)


def _no_functions(manifest: Manifest, module: ModuleType, answers: Iterable[_Answer]) -> Iterator[Finding]:
    """Things named like a hook that pluggy would pass over in silence: values, classes, partials."""
    names = {answer.name for answer in answers}
    for name in sorted(vars(module)):
        if name.startswith(f"{PROJECT}_") and name not in names and not isinstance(vars(module)[name], ModuleType):
            file = str(module.__file__)
            message = text("“%(name)s” is no function: nobody would call it.", name=name)
            place = written(Path(file), name) or (file, 0)
            yield Finding(manifest.id, *place, "no-function", message)


@dataclass(frozen=True)
class _Check:
    """The checks of one function."""

    plugin: str
    answer: _Answer
    specifications: Specifications

    def faults(self) -> Iterator[Finding]:
        hook, options = self.answer.hook, self.answer.options
        if options is None:
            yield self.fault("no-hookimpl", text("“%(name)s” has no @hookimpl: nobody would call it.", name=hook))
        elif hook not in self.specifications:
            message = text("There is no hook “%(name)s”.", name=hook)
            yield self.fault("unknown-hook", message, nearest(hook, self.specifications))
        else:
            yield from self.options(options)
            yield from self.parameters()
            yield from self.types(wraps=bool(options.get("wrapper") or options.get("hookwrapper")))

    def options(self, options: Mapping[str, Any]) -> Iterator[Finding]:
        function, hook = self.answer.function, self.answer.hook
        wraps = bool(options.get("wrapper"))
        if options.get("optionalhook"):
            yield self.fault("optional", text("optionalhook hides misspellings; take it away."))
        if options.get("hookwrapper"):
            yield self.fault("old-wrapper", text("hookwrapper is of old; write wrapper=True."))
        if wraps and not hook.startswith(WRAPPED_VERB):
            yield self.fault("wrapper", text("Only %(verb)s… hooks can be wrapped.", verb=WRAPPED_VERB))
        if wraps != inspect.isgeneratorfunction(function) and not options.get("hookwrapper"):
            yield self.fault("wrapper", text("A wrapper yields once, and nothing else yields."))
        if inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function):
            yield self.fault("async", text("It is async: nobody would await it."))

    def parameters(self) -> Iterator[Finding]:
        offered = list(inspect.signature(self.specifications[self.answer.hook]).parameters)
        taken = inspect.signature(self.answer.function).parameters
        for name, parameter in taken.items():
            if parameter.kind in (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD):
                yield self.fault("catch-all", text("“%(name)s” catches everything: name the arguments.", name=name))
            elif parameter.kind in (Parameter.KEYWORD_ONLY, Parameter.POSITIONAL_ONLY):
                yield self.fault("argument-kind", text("“%(name)s” is a plain argument: no * and no /.", name=name))
            elif name not in offered:
                message = text("“%(hook)s” gives no argument “%(name)s”.", hook=self.answer.hook, name=name)
                yield self.fault("unknown-argument", message, nearest(name, offered))
            elif parameter.default is not Parameter.empty:
                message = text("“%(name)s” has a default, so it would never be given.", name=name)
                yield self.fault("defaulted-argument", message)

        yield from self.forgotten([name for name in offered if name not in taken])

    def forgotten(self, left_out: Sequence[str]) -> Iterator[Finding]:
        """An argument may be left out; one that is left out and spoken of fails at the first call."""
        function = inspect.unwrap(self.answer.function)
        spoken = _globals_in(function.__code__) if left_out else frozenset()
        for name in left_out:
            if name in spoken and name not in function.__globals__ and not hasattr(builtins, name):
                message = text("It speaks of “%(name)s”, but does not take it as an argument.", name=name)
                yield self.fault("missing-argument", message, name)

    def types(self, *, wraps: bool) -> Iterator[Finding]:
        wanted = hints_of(self.specifications[self.answer.hook])
        try:
            given = hints_of(self.answer.function)
        except (NameError, TypeError, AttributeError, SyntaxError) as why:
            yield self.fault("annotations", text("Its annotations cannot be read: %(why)s", why=why))
            return
        for name in inspect.signature(self.answer.function).parameters:
            if name in given and name in wanted and not narrower(wanted[name], given[name]):
                is_, not_ = shown(wanted[name]), shown(given[name])
                message = text("“%(name)s” is %(is_)s, not %(not_)s.", name=name, is_=is_, not_=not_)
                yield self.fault("argument-type", message)
        if not wraps:
            yield from self.returns(given, wanted["return"])

    def returns(self, given: Mapping[str, Any], wanted: Any) -> Iterator[Finding]:
        if "return" not in given:
            yield self.fault("no-return-type", text("It has no return annotation: -> %(kind)s.", kind=shown(wanted)))
        elif not narrower(given["return"], wanted):
            kinds = {"given": shown(given["return"]), "wanted": shown(wanted)}
            yield self.fault("return-type", text("It returns %(given)s; asked for is %(wanted)s.", **kinds))

    def fault(self, rule: str, message: Text, suggestion: str = "") -> Finding:
        code = inspect.unwrap(self.answer.function).__code__
        return Finding(self.plugin, code.co_filename, code.co_firstlineno, rule, message, suggestion)


def _globals_in(code: CodeType) -> frozenset[str]:
    """The global names that a function reads, those of functions inside it included."""
    own = {one.argval for one in dis.get_instructions(code) if one.opname == "LOAD_GLOBAL"}
    inner = (_globals_in(const) for const in code.co_consts if isinstance(const, CodeType))
    return frozenset(own.union(*inner))


def _undeclared(
    manifest: Manifest, answered: Mapping[str, _Answer], specifications: Specifications
) -> Iterator[Finding]:
    for hook in sorted(answered.keys() & specifications.keys() - set(manifest.hooks)):
        message = text("It answers “%(hook)s”, which plugin.toml does not declare.", hook=hook)
        yield _Check(manifest.id, answered[hook], specifications).fault("undeclared-hook", message)


def _unanswered(
    manifest: Manifest, answered: Mapping[str, _Answer], specifications: Specifications
) -> Iterator[Finding]:
    for hook in manifest.hooks:
        if hook not in specifications:
            message, meant = text("There is no hook “%(name)s”.", name=hook), nearest(hook, specifications)
        elif hook not in answered:
            message, meant = text("It declares “%(hook)s”, but does not answer it.", hook=hook), ""
        else:
            continue
        line = line_in(manifest.file, ("hooks",))
        yield Finding(manifest.id, manifest.file, line, "declared-hook", message, meant)
