/** Buttons that copy a hash: what was done is told, and spoken, by the button itself. */
const SAID_FOR_MS = 2000;

for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-hash]')) {
  const label = button.querySelector('[aria-live]');
  const asked = label?.textContent ?? '';
  button.addEventListener('click', () => {
    void copy(button).then((said) => {
      label?.replaceChildren(said);
      setTimeout(() => label?.replaceChildren(asked), SAID_FOR_MS);
    });
  });
}

/** Where the browser does not let the page write to the clipboard, the hash is selected instead. */
async function copy(button: HTMLButtonElement): Promise<string> {
  try {
    await navigator.clipboard.writeText(button.dataset.hash ?? '');
    return 'Copied';
  } catch {
    const hash = button.previousElementSibling;
    if (hash) getSelection()?.selectAllChildren(hash);
    return 'Selected';
  }
}
