// What the page does by itself, without the server: counting words, keys, and pointing at sentences.
(() => {
  const WORDS_A_MINUTE = 140;
  const counted = new Map();

  function spoken(words) {
    const seconds = Math.round((words / WORDS_A_MINUTE) * 60 / 5) * 5;
    const minutes = Math.floor(seconds / 60);
    const rest = seconds % 60;
    return minutes ? `${minutes} min${rest ? ` ${rest} s` : ""}` : `${rest} s`;
  }

  // The server fills and empties the box too, and no event tells of that: so the text is looked at, not listened to.
  function count() {
    for (const line of document.querySelectorAll("[data-counts]")) {
      const box = document.querySelector(`#${line.dataset.counts} textarea`);
      if (!box || counted.get(line) === box.value) continue;
      counted.set(line, box.value);
      const words = box.value.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
      line.textContent = words
        ? `${words} ${words === 1 ? "word" : "words"}, about ${spoken(words)} spoken`
        : line.dataset.empty;
    }
  }

  function press(name) {
    const button = document.getElementById(name);
    if (button && button.offsetParent && !button.disabled) button.click();
  }

  // Before the editor sees it, which would begin a new line.
  document.addEventListener("keydown", (event) => {
    if (!event.target.closest?.("#coding-code")) return;
    if (event.key === "Escape") setTimeout(() => document.getElementById("coding-run")?.focus());
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    press("coding-run");
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const box = event.target.closest?.("#interview-answer, #feedback-answer");
    if (!box) return;
    event.preventDefault();
    press(box.id === "interview-answer" ? "interview-submit" : "feedback-submit");
  });

  window.coachHold = (held) => {
    const box = document.querySelector("#interview-answer textarea");
    if (box) box.readOnly = held;
  };

  // A remark lights up the sentences that it is about, in its own report only.
  function point(from) {
    for (const lit of document.querySelectorAll(".sentence.lit")) lit.classList.remove("lit");
    const remark = from?.closest?.("[data-points]");
    const report = remark?.closest(".whole-report");
    if (!report) return [];
    const wanted = new Set(remark.dataset.points.split(" "));
    const found = [...report.querySelectorAll(".sentence")].filter((one) => wanted.has(one.dataset.n));
    found.forEach((one) => one.classList.add("lit"));
    return found;
  }

  // A mouse that rests while the page scrolls beneath it points at nothing.
  let rested = "";
  document.addEventListener("mouseover", (event) => {
    const at = `${event.clientX} ${event.clientY}`;
    if (at !== rested) point(event.target);
    rested = at;
  });
  document.addEventListener("focusin", (event) => point(event.target));
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.(".ref")) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    point(event.target)[0]?.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "center" });
  });

  window.coachShow = (name, focus) => requestAnimationFrame(() => setTimeout(() => {
    const there = document.getElementById(name);
    if (!there || !there.offsetParent) return;
    // Whoever has begun to type in it is left where they are.
    const typing = document.activeElement?.matches("textarea, input") && there.contains(document.activeElement);
    if (focus && !typing) {
      there.querySelector("textarea, input, button")?.focus({ preventScroll: true });
    }
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    there.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: focus ? "center" : "start" });
  }, 80));

  // To where the interview goes on: the next round, the end, or the question that waits.
  window.coachNext = () => requestAnimationFrame(() => setTimeout(() => {
    const there = (selector) => {
      const found = document.querySelector(selector);
      return found?.offsetParent ? found : null;
    };
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const behavior = calm ? "auto" : "smooth";
    const turned = there("#interview-begin") || there("#interview-again") || there("#interview-follow, #interview-next");
    if (turned) {
      turned.focus({ preventScroll: true });
      const top = there("#interlude") || there("#interview-debrief") || there("#onward");
      top?.scrollIntoView({ behavior, block: "start" });
      return;
    }
    const editor = there("#coding-code .cm-content");
    const box = editor || there("#interview-answer textarea");
    box?.focus({ preventScroll: true });
    const shown = editor ? there("#interview-question") : box;
    shown?.scrollIntoView({ behavior, block: editor ? "start" : "center" });
  }, 80));

  // After an answer: to its report, or where there is none, to what is asked now. A refusal stands beside the box.
  window.coachReport = (page) => requestAnimationFrame(() => setTimeout(() => {
    if (document.querySelector(`#${page}-problem :is(.problem, .notice)`)) return;
    if (document.getElementById(`${page}-report`)?.offsetParent) window.coachShow(`${page}-report`, false);
    else if (page === "interview") window.coachNext();
  }, 80));

  // The clock of a round: the server says how much is left whenever something happens, the page counts in between.
  const clocks = new WeakMap();
  const LOW = 300;
  function tick() {
    for (const clock of document.querySelectorAll(".clock[data-left]")) {
      if (!clocks.has(clock)) clocks.set(clock, performance.now());
      const gone = clock.dataset.runs ? (performance.now() - clocks.get(clock)) / 1000 : 0;
      const left = Math.max(0, Math.round(Number(clock.dataset.left) - gone));
      const text = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      if (clock.textContent !== text) clock.textContent = text;
      clock.classList.toggle("low", left <= LOW);
      const beside = clock.nextElementSibling;
      const said = left ? "left" : "time is up: finish this answer";
      if (beside && beside.textContent !== said) beside.textContent = said;
    }
  }

  // While a tab shows an interview it leaves a sign; time without one is time away, which no clock counts.
  const SIGN = "coach-here";
  const before = Number(localStorage.getItem(SIGN) || 0);
  window.coachAway = () => (before ? (Date.now() - before) / 1000 : 1e9);
  function here() {
    if (document.querySelector(".clock[data-runs]")?.offsetParent) localStorage.setItem(SIGN, String(Date.now()));
  }

  // What changes by itself is read out; gradio's components take no such attributes.
  const LIVE = ["interview-question", "interview-thread", "coding-results"];
  function speak() {
    for (const name of LIVE) {
      const region = document.getElementById(name);
      if (region && !region.hasAttribute("aria-live")) region.setAttribute("aria-live", "polite");
    }
    const editor = document.querySelector("#coding-code .cm-content");
    if (!editor) return;
    if (!editor.hasAttribute("aria-label")) editor.setAttribute("aria-label", "Your code");
    if (!editor.hasAttribute("tabindex")) editor.tabIndex = 0;
    darken();
  }

  // The editor's colours are gradio's, too pale for our paper: each is mixed with the ink. A style of ours can't name
  // them, for their classes are numbered anew with every page.
  const mixed = new WeakSet();
  function darken() {
    for (const sheet of document.styleSheets) {
      if (mixed.has(sheet)) continue;
      mixed.add(sheet);
      for (const { selectorText, style } of sheet.cssRules) {
        if (!/^\.ͼ\w+$/.test(selectorText ?? "") || !style.color) continue;
        style.color = `color-mix(in srgb, ${style.color} 45%, var(--ink))`;
      }
    }
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("button.reload")) location.reload();
  });

  window.coachSave = (text) => {
    const file = text ? JSON.parse(text) : {};
    if (!file.body) return "";
    const bytes = Uint8Array.from(atob(file.body), (letter) => letter.charCodeAt(0));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type: file.type }));
    link.download = file.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    return "";
  };

  setInterval(() => { count(); tick(); speak(); }, 250);
  setInterval(here, 5000);
})();
