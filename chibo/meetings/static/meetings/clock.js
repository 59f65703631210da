/* Clocks of the item and of the meeting: they count from the hour that stands in the page. */
const two = (n) => String(n).padStart(2, "0");
function tick() {
  const now = new Date();
  for (const spot of document.querySelectorAll("[data-clock]")) {
    const from = new Date(`${spot.dataset.day}T${spot.dataset.since}:00`), gone = Math.floor((now - from) / 1000);
    if (!(gone >= 0 && gone < 43200)) continue;
    const [h, m, s] = [Math.floor(gone / 3600), Math.floor(gone / 60) % 60, gone % 60];
    const words = spot.dataset.words ? `${spot.dataset.words} ` : "";
    spot.textContent = words + (h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`);
    spot.classList.toggle("over", Number(spot.dataset.planned) > 0 && gone > spot.dataset.planned * 60);
  }
}
setInterval(tick, 1000);
tick();
