// Loaded before the first paint, so that a dark page never flashes light.
(() => {
  const key = "chela.theme";
  const order = ["auto", "light", "dark"];
  const words = { auto: "as the system", light: "light", dark: "dark" };
  const icons = { auto: "#i-auto", light: "#i-sun", dark: "#i-moon" };

  function stored() {
    try {
      const value = localStorage.getItem(key);
      return order.includes(value) ? value : "auto";
    } catch {
      return "auto";
    }
  }

  function show(theme) {
    document.documentElement.dataset.theme = theme;
    const button = document.getElementById("theme-button");
    if (button) {
      const label = "Theme: " + words[theme];
      button.setAttribute("aria-label", label);
      button.title = label;
      button.querySelector("use").setAttribute("href", icons[theme]);
    }
  }

  let theme = stored();
  show(theme);
  document.addEventListener("DOMContentLoaded", () => {
    show(theme);
    document.getElementById("theme-button").addEventListener("click", () => {
      theme = order[(order.indexOf(theme) + 1) % order.length];
      try {
        localStorage.setItem(key, theme);
      } catch {
        // A browser that keeps nothing forgets the theme with the page.
      }
      show(theme);
    });
  });
})();
