"""Questions people can trust, from the documents they study.

    file ──sources──▶ Document ──articles──▶ Articles ──sentences──▶ Sentences
         ──knowledge──▶ Knowledge ──items──▶ Items ──store──▶ bank
    bank ──▶ quiz · exam · review · Anki deck · quiz sheet · spreadsheet …

`pipeline` alone knows the order of the stages. Only `store` writes SQL, only `cli` prints.
"""

__version__ = "0.1.0"
