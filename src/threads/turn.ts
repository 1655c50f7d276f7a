/**
 * Lets in what waits for this thread, such as messages, and goes on at once: a timer would wait for
 * four milliseconds where it is set again and again.
 */
export function turn(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
