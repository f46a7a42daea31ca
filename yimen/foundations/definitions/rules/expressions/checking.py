"""Checking a parsed expression before it is ever run: names, limits, and nonsense that shows in the text."""

from typing import Any

import lark

from yimen.foundations.definitions.rules.expressions.language import (
    DEEPEST,
    FUNCTIONS,
    LOOPS,
    METHODS,
    MOST_PARTS,
    BadExpression,
)


class Checker:
    """Walks a parsed expression once: what it asks for, and whether it keeps within the language and its limits.

    ``kind`` of each part is what can be told from the text: yes/no, number, text, list, nothing, or any.
    """

    def __init__(self, tree: lark.Tree) -> None:
        self.names: set[str] = set()
        self._parts = 0
        self._depth = 0
        self._bound: str | None = None
        self._elements: set[str] = set()
        self.kind = self._kind(tree)

    def _kind(self, node: Any) -> str:
        name = node.data
        if name in _FORBIDDEN:
            raise BadExpression(f"条件式里不能用{_FORBIDDEN[name]}")
        deeper = len(node.children) >= _DEEPENING.get(name, 99)
        self._depth += deeper
        if self._depth > DEEPEST:
            raise BadExpression(f"条件式套得太深（最多 {DEEPEST} 层），请拆成几个")
        # A node with one child only says where it stands in the grammar, unless it says more by its name.
        visit = getattr(self, f"_{name}", None) if name in _MEANING or len(node.children) > 1 else None
        kind = visit(node) if visit else self._kind(node.children[0])
        self._depth -= deeper
        return kind

    def _expr(self, node: lark.Tree) -> str:
        self._count()
        self._expect(self._kind(node.children[0]), BOOL, "? 前面")
        first, second = (self._kind(child) for child in node.children[1:])
        self._alike(first, second, "冒号两边")
        return first if second == ANY else second

    def _conditionalor(self, node: lark.Tree) -> str:
        return self._connect(node, "||")

    def _conditionaland(self, node: lark.Tree) -> str:
        return self._connect(node, "&&")

    def _connect(self, node: lark.Tree, sign: str) -> str:
        self._count()
        for child in node.children:
            self._expect(self._kind(child), BOOL, f"{sign} 两边")
        return BOOL

    def _relation(self, node: lark.Tree) -> str:
        self._count()
        if len(node.children[0].children[0].children) > 1:
            raise BadExpression("条件式里不能连着比较，请加括号或用 && 分开写")
        left = self._kind(node.children[0].children[0])
        self._elements = set()
        right = self._kind(node.children[1])
        sign = node.children[0].data
        if sign == "relation_in":
            self._expect(right, LIST, "in 后面")
            if left != ANY and len(self._elements) == 1:
                self._alike(left, *self._elements, "in 前面的值和列表里的值")
        elif sign in ("relation_eq", "relation_ne"):
            self._alike(left, right, "等号两边")
        else:
            self._alike(left, right, "大小比较的两边")
            if {left, right} & {LIST, NOTHING}:
                raise BadExpression("列表和空值不能比大小")
        return BOOL

    def _addition(self, node: lark.Tree) -> str:
        return self._calculate(node, texts=node.children[0].data == "addition_add")

    def _multiplication(self, node: lark.Tree) -> str:
        if node.children[0].data == "multiplication_mod":
            raise BadExpression("条件式里不能用取余 %")
        return self._calculate(node, texts=False)

    def _calculate(self, node: lark.Tree, *, texts: bool) -> str:
        self._count()
        left, right = self._kind(node.children[0].children[0]), self._kind(node.children[1])
        if texts and TEXT in (left, right):
            self._alike(left, right, "加号两边")
            return TEXT
        for kind in (left, right):
            self._expect(kind, NUMBER, "加减乘除两边")
        return ANY if texts and left == right == ANY else NUMBER

    def _unary(self, node: lark.Tree) -> str:
        self._count()
        negated = node.children[0].data == "unary_not"
        wanted = BOOL if negated else NUMBER
        self._expect(self._kind(node.children[1]), wanted, "! 后面" if negated else "负号后面")
        return wanted

    def _member_dot(self, node: lark.Tree) -> str:
        self._count()
        self._expect(self._kind(node.children[0]), ANY, "点号前面")
        return ANY

    def _member_dot_arg(self, node: lark.Tree) -> str:
        self._count()
        subject, method = node.children[0], str(node.children[1])
        given = node.children[2].children if len(node.children) > 2 else []
        self._known(method, METHODS | LOOPS)
        if method in METHODS:
            if len(given) != 1:
                raise BadExpression(f"「{method}」要写成 文字.{method}(另一段文字)")
            for child in (subject, *given):
                self._expect(self._kind(child), TEXT, f"{method} 前后")
            return BOOL
        return self._loop(subject, method, given)

    def _loop(self, subject: lark.Tree, method: str, given: list[Any]) -> str:
        variable = _single_name(given[0]) if len(given) == 2 else None
        if variable is None:
            raise BadExpression(f"「{method}」要写成 列表.{method}(某项, 某项的条件)")
        if self._bound:
            raise BadExpression("条件式里不能在逐项判断中再逐项判断")
        self._expect(self._kind(subject), LIST, f"{method} 前面")
        self._bound = variable
        self._expect(self._kind(given[1]), BOOL, f"{method} 的条件")
        self._bound = None
        return LIST if method == "filter" else BOOL

    def _ident_arg(self, node: lark.Tree) -> str:
        self._count()
        function = str(node.children[0])
        given = node.children[1].children if len(node.children) > 1 else []
        self._known(function, FUNCTIONS)
        if len(given) != 1:
            raise BadExpression(f"「{function}」的括号里要有一项")
        if function == "has":
            if not _is_member(given[0]):
                raise BadExpression("「has」要写成 has(某表.某项)")
            self._kind(given[0])
            return BOOL
        kind = self._kind(given[0])
        if kind not in (TEXT, LIST, ANY):
            raise BadExpression("「size」的括号里要是文字或列表")
        return NUMBER

    def _ident(self, node: lark.Tree) -> str:
        self._count()
        name = str(node.children[0])
        if name != self._bound:
            self.names.add(name)
        return ANY

    def _list_lit(self, node: lark.Tree) -> str:
        self._elements = {self._kind(child) for child in (node.children[0].children if node.children else [])}
        return LIST

    def _literal(self, node: lark.Tree) -> str:
        self._count()
        token = node.children[0]
        if token.type not in _LITERALS or token[:1] in "rR":
            raise BadExpression(f"条件式里不能写「{token}」这样的值")
        return _LITERALS[token.type]

    def _known(self, name: str, known: set[str]) -> None:
        if name not in known:
            raise BadExpression(f"条件式里没有「{name}」这个函数；可以用的有：{'、'.join(sorted(known))}")

    def _expect(self, kind: str, wanted: str, where: str) -> None:
        if kind not in (wanted, ANY):
            raise BadExpression(f"条件式里{where}应当是{_WORDS[wanted]}，不能是{_WORDS[kind]}")

    def _alike(self, left: str, right: str, where: str) -> None:
        if ANY not in (left, right) and left != right:
            raise BadExpression(f"条件式里{where}不是同一类：{_WORDS[left]}和{_WORDS[right]}")

    def _count(self) -> None:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise BadExpression(f"条件式太复杂（最多 {MOST_PARTS} 个部分），请拆成几个")


BOOL, NUMBER, TEXT, LIST, NOTHING, ANY = "bool", "number", "text", "list", "nothing", "any"
_WORDS = {BOOL: "是或否", NUMBER: "数", TEXT: "文字", LIST: "列表", NOTHING: "空值", ANY: "名称"}
_MEANING = {"ident", "ident_arg", "list_lit", "literal", "member_dot_arg"}
_DEEPENING = {"paren_expr": 1, "list_lit": 1, "ident_arg": 1, "member_dot_arg": 1, "expr": 3, "unary": 2}
_FORBIDDEN = {
    "map_lit": "花括号",
    "member_object": "花括号",
    "member_index": "方括号取项",
    "dot_ident": "开头的点",
    "dot_ident_arg": "开头的点",
}
_LITERALS = {
    "INT_LIT": NUMBER,
    "FLOAT_LIT": NUMBER,
    "STRING_LIT": TEXT,
    "BOOL_LIT": BOOL,
    "NULL_LIT": NOTHING,
}


def _single_name(tree: Any) -> str | None:
    while isinstance(tree, lark.Tree) and len(tree.children) == 1:
        if tree.data == "ident":
            return str(tree.children[0])
        tree = tree.children[0]
    return None


def _is_member(tree: Any) -> bool:
    while isinstance(tree, lark.Tree) and len(tree.children) == 1:
        tree = tree.children[0]
    return isinstance(tree, lark.Tree) and tree.data == "member_dot"
