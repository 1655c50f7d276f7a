/** A box that has nothing to scroll is no stop for the keyboard (see charts/shared/scroller.ts). */
const sizes = new ResizeObserver((changes) => {
  for (const { target } of changes) {
    const box = target.closest<HTMLElement>('.rx-scroll');
    if (box) box.tabIndex = box.scrollWidth > box.clientWidth ? 0 : -1;
  }
});

for (const box of document.querySelectorAll('.rx-scroll')) {
  sizes.observe(box);
  // What it holds can grow while the box does not: another unit, another font.
  for (const content of box.children) sizes.observe(content);
}
