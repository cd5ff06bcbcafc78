// What the pages of stories, progress and history do by themselves.
(() => {
  let reopening = false;

  // A field for a date becomes the browser's own, with its calendar; its text stays as 2026-03-31.
  window.coachDate = (name) => {
    const field = document.querySelector(`#${name} :is(input, textarea)`);
    if (field?.tagName === "INPUT") field.type = "date";
  };

  // The interview page opens what the browser keeps for it when it loads; only what was just started is loaded.
  window.coachReopening = () => { reopening = true; };
  window.coachReopened = () => { if (reopening) location.reload(); };

  // The server's own copy of a drafted answer is gone with the interview; so is the browser's.
  window.coachForget = () => {
    for (const key of ["coach-open-interview", "coach-draft"]) localStorage.removeItem(key);
  };
})();
