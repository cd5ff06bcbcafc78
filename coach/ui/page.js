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

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const box = event.target.closest?.("#interview-answer, #feedback-answer");
    if (!box) return;
    event.preventDefault();
    press(box.id === "interview-answer" ? "interview-submit" : "feedback-submit");
  });

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
    if (focus) there.querySelector("textarea, input, button")?.focus({ preventScroll: true });
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    there.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: focus ? "center" : "start" });
  }, 80));

  setInterval(count, 250);
})();
