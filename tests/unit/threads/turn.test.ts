import { expect, test } from 'vitest';
import { turn } from '../../../src/threads/turn.ts';

test('a turn lets in a message that waits', async () => {
  const { port1, port2 } = new MessageChannel();
  const heard: string[] = [];
  port1.onmessage = ({ data }) => heard.push(String(data));
  port2.postMessage('pause');
  // No microtask does.
  await Promise.resolve();
  expect(heard).toEqual([]);
  await turn();
  expect(heard).toEqual(['pause']);
  port1.close();
});
