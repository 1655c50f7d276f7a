/**
 * Says when a page is older than what is online now. Only the service worker knows that, so pages
 * without one hear nothing.
 */
import { serviceWorkers } from '../classifier/offline.ts';

const container = serviceWorkers();
container?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const online = isNews(data) ? data.build : undefined;
  const shown = document.documentElement.dataset.build;
  if (online !== undefined && shown !== undefined && online !== shown) announce();
});
container?.controller?.postMessage({});

function isNews(data: unknown): data is { readonly build: string } {
  return (
    typeof data === 'object' && data !== null && 'build' in data && typeof data.build === 'string'
  );
}

/** Shows the notice, once. It takes no focus: whoever is reading goes on. */
function announce(): void {
  if (document.querySelector('.rx-update')) return;
  const notice = document.createElement('div');
  notice.className = 'rx-update';
  notice.setAttribute('role', 'status');
  document.body.append(notice);
  const reload = button('Reload', () => {
    location.reload();
  });
  const later = button('Later', () => {
    notice.remove();
  });
  // A status that is there first is read out when it changes.
  requestAnimationFrame(() => {
    notice.append('This site has been updated since you opened this page.', reload, later);
  });
}

function button(name: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = name;
  made.addEventListener('click', act);
  return made;
}
