// Marks an answer that was copied, so that who copies from top to bottom sees how far they are. Without it: no mark.
document.addEventListener("click", (event) => {
  const button = event.target.closest(".answer [data-copy]");
  button?.closest(".answer").classList.add("answer-copied");
});
