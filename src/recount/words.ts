/** `1 picture`, `50,000 pictures`. */
export function picturesIn(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'picture' : 'pictures'}`;
}
