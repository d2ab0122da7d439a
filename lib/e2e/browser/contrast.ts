import type { Page } from 'playwright-core';

/** The least contrast of each selector's texts with what is painted behind them, as WCAG 2 reckons it. */
export function contrastsOf(page: Page, selectors: readonly string[]): Promise<Record<string, number>> {
  return page.evaluate(`(${inPage.trim()})(${JSON.stringify(selectors)})`);
}

// A text, because the types of a page's own world are not those of Node.
const inPage = `
(selectors) => {
  const parse = (color) => {
    const [r, g, b, a = 1] = color.match(/[\\d.]+/g).map(Number);
    return { rgb: [r, g, b], a };
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const { rgb, a } = parse(getComputedStyle(each).backgroundColor);
      if (a === 1) return rgb;
      if (a > 0) throw new Error('a background that shines through: ' + each.className);
    }
    return [255, 255, 255];
  };
  const contrast = (element) => {
    const style = getComputedStyle(element);
    const front = parse(element instanceof SVGElement ? style.fill : style.color).rgb;
    const [light, dark] = [luminance(front), luminance(behind(element))].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  return Object.fromEntries(selectors.map((selector) => {
    const elements = [...document.querySelectorAll(selector)];
    return [selector, elements.length === 0 ? 0 : Math.min(...elements.map(contrast))];
  }));
}`;
