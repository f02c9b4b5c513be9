"use strict";
// The deck stands in the page; nothing is fetched. Text only ever becomes text nodes, never markup.
(function () {
  const deck = JSON.parse(document.getElementById("deck").textContent);
  const stage = document.getElementById("stage");
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const byId = new Map(deck.items.map((item) => [item.id, item]));

  // ---- small pieces ----

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) { made.className = className; }
    if (text !== undefined) { made.textContent = text; }
    return made;
  }

  function button(text, action, className) {
    const made = element("button", className, text);
    made.type = "button";
    made.addEventListener("click", action);
    return made;
  }

  function list(texts, ordered) {
    const made = element(ordered ? "ol" : "ul");
    texts.forEach((text) => made.append(element("li", "", text)));
    return made;
  }

  function shuffled(values) {
    const mixed = values.slice();
    for (let last = mixed.length - 1; last > 0; last--) {
      const other = Math.floor(Math.random() * (last + 1));
      [mixed[last], mixed[other]] = [mixed[other], mixed[last]];
    }
    return mixed;
  }

  // Options that speak of others by their letters stand as they were written.
  function inOrder(item) {
    return item.fixed ? item.options : shuffled(item.options);
  }

  function same(left, right) {
    return left.length === right.length && left.every((value, place) => value === right[place]);
  }

  // Width, case, spaces and punctuation do not matter in a typed answer, except within figures.
  function normal(text) {
    return text.normalize("NFKC").toLowerCase().replace(/(\d)[,，](?=\d{3})/g, "$1")
      .replace(/[\s“”"'‘’「」《》〈〉、，,。；;：:！!？?()（）…—]/gu, "");
  }

  function accepts(responses, typed) {
    const given = normal(typed);
    return given !== "" && responses.some((response) => normal(response) === given || response === typed.trim());
  }

  // ---- what is kept on this device ----

  const shelf = "studytool:" + deck.id;
  let wrong = new Set();
  try { wrong = new Set(JSON.parse(localStorage.getItem(shelf)) || []); } catch (error) { /* kept for this visit */ }

  function remember(item, isRight) {
    if (isRight) { wrong.delete(item.id); } else { wrong.add(item.id); }
    try { localStorage.setItem(shelf, JSON.stringify([...wrong])); } catch (error) { /* kept for this visit */ }
    showWrongCount();
  }

  function showWrongCount() {
    document.getElementById("wrong-count").textContent = [...wrong].filter((id) => byId.has(id)).length;
  }

  // ---- one question: each kind gives {fields, given(), isRight(), reveal()}; isRight is null where people decide ----

  function options(item, texts, most) {
    const box = element("div", "options");
    let picked = [];
    const buttons = texts.map((text, place) => {
      const made = button("", () => {
        if (picked.includes(text)) { picked = picked.filter((each) => each !== text); }
        else { picked = most === 1 ? [text] : picked.concat(text); }
        show();
      }, "option");
      made.append(element("span", "mark", letters[place] || ""), element("span", "", text));
      made.dataset.text = text;
      box.append(made);
      return made;
    });
    function show() {
      buttons.forEach((made) => {
        const place = picked.indexOf(made.dataset.text);
        made.classList.toggle("picked", place >= 0);
        made.setAttribute("aria-pressed", place >= 0);
        if (item.kind === "ordering") { made.firstChild.textContent = place >= 0 ? place + 1 : "·"; }
      });
    }
    show();
    return {
      fields: box,
      given: () => picked,
      isRight: () => item.kind === "ordering" ? same(picked, item.key)
        : same(picked.slice().sort(), item.key.slice().sort()),
      reveal: () => buttons.forEach((made) => {
        const right = item.key.includes(made.dataset.text);
        made.disabled = true;
        if (item.kind === "ordering") { return; }
        made.classList.toggle("right", right);
        made.classList.toggle("missed", !right && picked.includes(made.dataset.text));
      }),
    };
  }

  function blanks(item, stem) {
    const parts = item.stem.split("____");
    stem.textContent = parts[0];
    const inputs = parts.slice(1).map((after, place) => {
      const input = element("input");
      input.setAttribute("aria-label", "第 " + (place + 1) + " 空");
      input.autocomplete = "off";
      stem.append(input, after);
      return input;
    });
    return {
      fields: element("div"),
      given: () => inputs.map((input) => input.value.trim()),
      isRight: () => inputs.every((input, place) => accepts(item.accepted[place], input.value)),
      reveal: () => inputs.forEach((input) => { input.disabled = true; }),
    };
  }

  function pairing(item) {
    const box = element("div", "pairs");
    const choices = shuffled(item.options);
    const selects = item.pairs.map(([left]) => {
      const select = element("select");
      select.setAttribute("aria-label", left);
      select.append(new Option("请选择", ""));
      choices.forEach((text, place) => select.append(new Option(text, String(place))));
      box.append(element("span", "", left), select);
      return select;
    });
    const chosen = () => selects.map((select) => select.value === "" ? "" : choices[Number(select.value)]);
    return {
      fields: box,
      given: chosen,
      isRight: () => same(chosen(), item.pairs.map((pair) => pair[1])),
      reveal: () => selects.forEach((select) => { select.disabled = true; }),
    };
  }

  function writing() {
    const area = element("textarea");
    area.setAttribute("aria-label", "作答");
    return { fields: area, given: () => [area.value.trim()], isRight: () => null, reveal: () => { area.disabled = true; } };
  }

  function asked(item, stem) {
    switch (item.kind) {
      case "cloze": return blanks(item, stem);
      case "true_false": return options(item, ["正确", "错误"], 1);
      case "single_choice": return options(item, inOrder(item), 1);
      case "multiple_response": return options(item, inOrder(item));
      case "ordering": return options(item, shuffled(item.options));
      case "matching": return pairing(item);
      default: return writing();
    }
  }

  function answerOf(item) {
    const box = element("div", "answer");
    const ordered = item.kind === "ordering" || item.kind === "short_answer";
    const key = item.pairs ? item.pairs.map(([left, right]) => left + " — " + right) : item.key;
    box.append(key.length > 1 ? list(key, ordered) : element("div", "", key[0]));
    return box;
  }

  function proof(item) {
    const box = element("div");
    item.notes.forEach((note) => box.append(element("div", "note", note)));
    if (item.evidence) { box.append(element("blockquote", "", item.evidence)); }
    box.append(element("div", "origin", item.origin));
    return box;
  }

  // ---- a sitting ----

  function sitting(items, mode) {
    let place = 0;
    const outcomes = [];
    if (!items.length) {
      stage.replaceChildren(element("p", "", mode === "wrong" ? "没有错题。" : "没有这种题。"));
      return;
    }
    ask();

    function ask() {
      const item = items[place];
      const head = element("div", "kind");
      head.append(element("span", "", item.kindName), element("span", "", (place + 1) + " / " + items.length));
      const stem = element("div", "stem", item.stem);
      const question = asked(item, stem);
      const below = element("div");
      const bar = element("div", "bar");
      bar.append(button(mode === "test" ? "下一题" : "看结果", () => answered(item, question, below, bar), "main"));
      stage.replaceChildren(head, stem, question.fields, bar, below);
      stage.dataset.item = item.id;
      const first = stage.querySelector("input, textarea");
      if (first) { first.focus(); }
    }

    function answered(item, question, below, bar) {
      const isRight = question.isRight();
      if (mode === "test" && isRight !== null) { settle(item, isRight, question.given()); next(); return; }
      question.reveal();
      bar.replaceChildren();
      if (isRight === null) {
        bar.append(button("答对了", () => { settle(item, true, question.given()); next(); }, "main"),
          button("没答对", () => { settle(item, false, question.given()); next(); }));
      } else {
        settle(item, isRight, question.given());
        bar.append(button(place + 1 < items.length ? "下一题" : "看成绩", next, "main"));
        if (!isRight && item.kind === "cloze") {
          bar.append(button("写法不同，算对", () => { outcomes.pop(); settle(item, true, question.given()); next(); }));
        }
        below.append(element("div", "verdict " + (isRight ? "right" : "wrong"), isRight ? "正确" : "不对"));
      }
      below.append(answerOf(item), proof(item));
      bar.querySelector("button").focus();
    }

    function settle(item, isRight, given) {
      outcomes.push({ item, isRight, given });
      remember(item, isRight);
    }

    function next() {
      place += 1;
      if (place < items.length) { ask(); } else { finish(); }
    }

    function finish() {
      const right = outcomes.filter((outcome) => outcome.isRight).length;
      const score = element("p", "score", "答对 " + right + " / " + outcomes.length);
      stage.replaceChildren(score);
      delete stage.dataset.item;
      outcomes.filter((outcome) => !outcome.isRight).forEach(({ item, given }) => {
        const entry = element("article");
        entry.append(element("div", "kind", item.kindName), element("div", "stem", item.stem),
          element("div", "verdict wrong", "你的答案：" + (given.filter(Boolean).join("；") || "未答")),
          answerOf(item), proof(item));
        stage.append(entry);
      });
    }
  }

  // ---- menu, keys, print ----

  const kind = document.getElementById("kind");
  const count = document.getElementById("count");
  kind.append(new Option("全部题型", ""));
  new Map(deck.items.map((item) => [item.kind, item.kindName])).forEach((name, value) => kind.append(new Option(name, value)));
  [10, 20, 50, 100].filter((size) => size < deck.items.length).forEach((size) => count.append(new Option(size + " 题", size)));
  count.append(new Option("全部", deck.items.length));

  document.querySelectorAll("#menu button").forEach((made) => made.addEventListener("click", () => {
    const mode = made.dataset.mode;
    const pool = deck.items.filter((item) => (!kind.value || item.kind === kind.value) && (mode !== "wrong" || wrong.has(item.id)));
    sitting(shuffled(pool).slice(0, Number(count.value)), mode);
  }));

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) { return; }
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (event.key === "Enter" && event.target.tagName === "INPUT") { stage.querySelector(".bar .main").click(); event.preventDefault(); return; }
    if (typing || event.key.length !== 1) { return; }
    const place = /\d/.test(event.key) ? Number(event.key) - 1 : letters.indexOf(event.key.toUpperCase());
    const option = stage.querySelectorAll(".option")[place];
    if (option && !option.disabled) { option.click(); }
  });

  function printed() {
    const paper = document.getElementById("paper");
    if (paper.childElementCount) { return; }
    const key = element("div", "key");
    key.append(element("h2", "", "参考答案"));
    deck.items.forEach((item, place) => {
      const entry = element("div", "entry");
      entry.append(element("div", "", (place + 1) + ". （" + item.kindName + "）" + item.stem));
      const shown = item.kind === "true_false" ? [] : item.options;
      if (item.pairs) { entry.append(list(item.pairs.map((pair) => pair[0]))); }
      shown.forEach((text, index) => entry.append(element("div", "", letters[index] + ". " + text)));
      paper.append(entry);
      const answer = element("div", "entry");
      const texts = item.pairs ? item.pairs.map((pair) => pair.join(" — ")) : item.key;
      answer.append(element("div", "", (place + 1) + ". " + texts.join("；")));
      if (item.evidence) { answer.append(element("div", "origin", item.evidence)); }
      key.append(answer);
    });
    paper.append(key);
  }
  window.addEventListener("beforeprint", printed);
  window.matchMedia("print").addEventListener("change", (change) => { if (change.matches) { printed(); } });

  showWrongCount();
})();
