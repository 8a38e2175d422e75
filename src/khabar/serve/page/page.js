"use strict";
// Ties marked words to statements and filters them. Reads the page's own markup alone; writes text, never markup.
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  const make = (name, text) => { const made = document.createElement(name); made.textContent = text; return made; };
  const reports = all(".report");
  const cards = all(".card").map((element) => ({
    element,
    report: element.closest(".report"),
    n: element.dataset.n,
    type: element.dataset.type,
    standing: element.dataset.standing,
    background: element.dataset.background === "yes",
    voices: element.dataset.voices.split("\n"),
    text: element.textContent.toLowerCase(),
  }));
  const byElement = new Map(cards.map((card) => [card.element, card]));
  const byReport = new Map(reports.map((report) => [report, []]));
  for (const card of cards) byReport.get(card.report).push(card);
  const nav = one(".reports"), find = one("#find"), type = one("#type"), voice = one("#voice"), news = one("#news");
  const tellings = all(".tellings .chip");
  const links = new Map();
  let picked = null;
  root.classList.add("js");

  const marksOf = (mark) => mark.dataset.m.split(" ").map((m) => [m.slice(0, -1), m.slice(-1)]);
  const pressed = (button) => button.getAttribute("aria-pressed") === "true";
  const press = (button, on) => button.setAttribute("aria-pressed", String(on));

  const counted = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

  function tally(names) {
    const counts = new Map();
    for (const name of names) counts.set(name, (counts.get(name) || 0) + 1);
    return counts;
  }

  function fill(select, everything, counts) {
    select.append(new Option(everything, ""));
    const sorted = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
    for (const [name, count] of sorted) select.append(new Option(`${name} (${count})`, name));
  }

  function open(report) {
    for (const other of reports) other.classList.toggle("open", other === report);
    for (const [other, link] of links) link.setAttribute("aria-current", String(other === report));
  }

  // Shows one statement: its card, its words in the colours of their roles. Without a card, shows none.
  function pick(card, { from } = {}) {
    if (picked) {
      picked.element.classList.remove("on");
      press(one(".pick", picked.element), false);
      picked.report.classList.remove("picked");
      for (const mark of all(".m", picked.report)) mark.classList.remove("on", "on-e", ..."agpwhsqt".split("").map((r) => `r-${r}`));
    }
    picked = card;
    if (!card) { history.replaceState(null, "", "#"); return; }
    open(card.report);
    card.report.classList.add("picked");
    card.element.classList.add("on");
    press(one(".pick", card.element), true);
    let trigger = null;
    for (const mark of all(".m", card.report)) {
      const roles = marksOf(mark).filter(([n]) => n === card.n).map(([, role]) => role);
      if (!roles.length) continue;
      const role = ["t", "h", "s", "q", "w", "p", "a", "g"].find((r) => roles.includes(r));
      mark.classList.add(...(role ? ["on", `r-${role}`] : ["on-e"]));
      if (role === "t" && !trigger) trigger = mark;
    }
    history.replaceState(null, "", `#${card.element.id}`);
    if (from !== "text" && trigger) trigger.scrollIntoView({ block: "nearest" });
    if (from !== "card") card.element.scrollIntoView({ block: "nearest" });
  }

  // Of the statements that rest on a word: first those it is the trigger of, then those it names something for, then its sentence's.
  function pickAt(mark) {
    const report = mark.closest(".report");
    const rank = (role) => (role === "t" ? 0 : role === "e" ? 2 : 1);
    const shown = new Map(byReport.get(report).filter((card) => !card.element.hidden).map((card) => [card.n, card]));
    const found = marksOf(mark).filter(([n]) => shown.has(n)).sort((a, b) => rank(a[1]) - rank(b[1]) || a[0] - b[0]);
    if (!found.length) return;
    const best = rank(found[0][1]);
    const choice = [...new Set(found.filter(([, role]) => rank(role) === best).map(([n]) => n))];
    const at = picked && picked.report === report ? choice.indexOf(picked.n) : -1;
    pick(shown.get(choice[(at + 1) % choice.length]), { from: "text" });
  }

  function apply() {
    const words = find.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const told = new Set(tellings.filter(pressed).map((chip) => chip.dataset.standing));
    const onlyNews = pressed(news);
    let shown = 0;
    const left = new Map(reports.map((report) => [report, 0]));
    for (const card of cards) {
      const match = !(onlyNews && card.background) && (!told.size || told.has(card.standing)) && (!type.value || card.type === type.value) &&
        (!voice.value || card.voices.includes(voice.value)) && words.every((word) => card.text.includes(word));
      card.element.hidden = !match;
      if (match) { shown += 1; left.set(card.report, left.get(card.report) + 1); }
    }
    const filtered = shown < cards.length || words.length || told.size;
    for (const report of reports) {
      const visible = new Set(byReport.get(report).filter((card) => !card.element.hidden).map((card) => card.n));
      for (const mark of all(".t", report)) mark.classList.toggle("off", !marksOf(mark).some(([n, role]) => role === "t" && visible.has(n)));
      const link = links.get(report);
      if (link) { one(".n", link).textContent = String(left.get(report)); link.hidden = Boolean(filtered) && !left.get(report); }
    }
    const among = filtered ? `${shown} of ` : "";
    one(".count").textContent = `${counted(reports.length, "report")} · ${among}${counted(cards.length, "statement")}`;
    if (picked && picked.element.hidden) pick(null);
    const current = reports.find((report) => report.classList.contains("open"));
    if (filtered && shown && current && !left.get(current)) open(reports.find((report) => left.get(report)));
  }

  function step(by) {
    const shown = cards.filter((card) => !card.element.hidden);
    if (!shown.length) return;
    const here = picked ? shown.indexOf(picked) : -1;
    const start = shown.findIndex((card) => card.report.classList.contains("open"));
    const next = here < 0 ? Math.max(0, start) : (here + by + shown.length) % shown.length;
    pick(shown[next]);
    one(".pick", shown[next].element).focus({ preventScroll: true });
  }

  function clear() {
    find.value = type.value = voice.value = "";
    for (const button of [...tellings, news]) press(button, false);
    apply();
  }

  fill(type, "All types", tally(cards.map((card) => card.type)));
  fill(voice, "All sources", tally(cards.flatMap((card) => card.voices)));
  const standings = tally(cards.map((card) => card.standing));
  for (const chip of tellings) {
    const count = standings.get(chip.dataset.standing) || 0;
    const shown = make("span", String(count));
    shown.className = "n";
    chip.append(shown);
    chip.hidden = !count;
    chip.addEventListener("click", () => { press(chip, !pressed(chip)); apply(); });
  }
  if (reports.length > 1) {
    nav.hidden = false;
    for (const report of reports) {
      const link = make("a", report.dataset.name);
      const about = make("small", `${report.dataset.day} · `);
      const count = make("span", "");
      count.className = "n";
      about.append(count, byReport.get(report).length === 1 ? " statement" : " statements");
      link.dir = "auto";
      link.href = `#${report.id}`;
      link.append(about);
      link.addEventListener("click", (event) => { event.preventDefault(); pick(null); open(report); history.replaceState(null, "", `#${report.id}`); });
      links.set(report, link);
      nav.append(link);
    }
  }

  document.addEventListener("click", (event) => {
    const mark = event.target.closest(".m"), element = event.target.closest(".card");
    if (mark) pickAt(mark);
    else if (element && !event.target.closest("details") && !String(getSelection())) {
      const card = byElement.get(element);
      pick(card === picked ? null : card, { from: "card" });
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches("input, select");
    if (event.key === "Escape") { if (typing) event.target.blur(); else pick(null); }
    else if (typing) return;
    else if (event.key === "/") { event.preventDefault(); find.focus(); }
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if ((event.key === "Enter" || event.key === " ") && event.target.matches(".m")) { event.preventDefault(); pickAt(event.target); }
  });
  find.addEventListener("input", apply);
  for (const select of [type, voice]) select.addEventListener("change", apply);
  news.hidden = !cards.some((card) => card.background);
  news.addEventListener("click", () => { press(news, !pressed(news)); apply(); });
  one("#clear").addEventListener("click", clear);
  one("#theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });

  const wanted = decodeURIComponent(location.hash.slice(1));
  const card = cards.find((candidate) => candidate.element.id === wanted);
  open(reports.find((report) => report.id === wanted) || reports[0]);
  apply();
  if (card) pick(card);
})();
