/* Before the first paint: the look the owner chose, as it was last time, so that nothing flashes. Kept by use-appearance.ts. */
try {
  const look = JSON.parse(localStorage.getItem('tidings.look') ?? '{}');
  if (look.theme) document.documentElement.dataset.theme = look.theme;
  if (look.density) document.documentElement.dataset.density = look.density;
} catch {
  // Nothing is remembered here; the page begins as the system looks.
}
