// "Start this exercise" in a debrief presses the button of its page that does it.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button.start-exercise");
  if (!button) return;
  const page = button.closest("#history-one") ? "history" : "interview";
  document.getElementById(`${page}-exercise-${button.dataset.exercise}`)?.click();
});
