/**
 * The recounting worker's entry. Its code is in a chunk of its own: a later chunk may import that
 * back, and WebKit evaluates an entry a second time when it is imported.
 */
import './service.ts';
