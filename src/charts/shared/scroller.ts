/**
 * What makes a box scroll sideways by itself where its table or formula is too wide, by wheel, finger
 * and keyboard; src/styles/scroller.css draws the hint at the edge that cuts something off. Spread it
 * on the box, in Astro and in Preact. `label` says what scrolls, for readers who cannot see it;
 * `classes` are the box's own.
 */
export const scroller = (label: string, classes = '') => ({
  class: `rx-scroll ${classes}`.trim(),
  tabindex: 0,
  role: 'group' as const,
  'aria-label': label,
});
