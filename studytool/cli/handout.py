"""`studytool handout`: what is worth knowing of each document, or one article with blanks, to print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from studytool.cli import console
from studytool.cli.export import ApprovedOnly, Recipes, narrowed, read_recipe
from studytool.cli.options import Articles, Finds, Kinds, Sources, Tags, item_filter
from studytool.errors import StudyError

if TYPE_CHECKING:
    from studytool.store.articles import ArticleLine


def handout(
    context: typer.Context,
    recipe: Recipes = None,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="写到哪个 PDF 文件。")
    ] = "要点.pdf",
    worksheet: Annotated[
        str | None, typer.Option(metavar="ARTICLE", help="改印一篇文章的填空练习：标题的一部分，或编号。")
    ] = None,
    kind: Kinds = None,
    source: Sources = None,
    article: Articles = None,
    tag: Tags = None,
    find: Finds = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="标题。")] = None,
    approved_only: ApprovedOnly = False,
) -> None:
    """印学习要点：每份文件两页；或一篇文章的填空练习，答案在最后一页。

    例：studytool handout -o 要点.pdf        studytool handout --worksheet 握紧方向盘 -o 练习.pdf
    """
    from studytool.exports import files
    from studytool.exports.sheet import handout as handouts
    from studytool.exports.sheet import worksheet as worksheets
    from studytool.exports.sheet.fonts import refuse_unprintable
    from studytool.store import articles, documents, items

    if Path(output).suffix.lower() != ".pdf":
        raise StudyError(f"{output}：学习要点和练习只能写成 .pdf")
    refuse_unprintable("--title", title or "")
    wanted = read_recipe(recipe)
    chosen = narrowed(
        wanted.chosen, item_filter(kind, source, article, tag, find), approved_only=approved_only
    )
    with console.open_bank(context) as bank:
        found = items.select(bank, chosen)
        if worksheet is None:
            content = handouts.handout(found, title or "学习要点", documents.titles(bank))
        else:
            row = articles.read(bank, _one(articles.lines(bank), worksheet))
            paragraphs = tuple((text, role) for text, _, role in row.paragraphs)
            heads = worksheets.Heads(row.title, row.byline, row.published_on, title or "填空练习")
            content = worksheets.worksheet(
                heads, paragraphs, [one for one in found if one.article_id == row.id]
            )
    files.write(output, content, inputs=[recipe] if recipe else ())
    console.tell(f"已写好 {output}")


def _one(lines: tuple[ArticleLine, ...], wanted: str) -> ArticleLine:
    """The one article meant by a part of its title (quotation marks and spaces aside) or by its id."""
    import re

    def bare(text: str) -> str:
        return re.sub(r"[\s“”\"‘’《》]", "", text)

    found = [line for line in lines if line.id == wanted or bare(line.title) == bare(wanted)]
    found = found or [line for line in lines if bare(wanted) in bare(line.title)]
    if len(found) != 1:
        few = "、".join(f"《{line.title}》（{line.id}）" for line in found[:3])
        what = f"有 {len(found)} 篇：{few}" if found else "没有这篇文章"
        raise StudyError(f"--worksheet {wanted}：{what}；请用 studytool articles 查看标题和编号")
    return found[0]
