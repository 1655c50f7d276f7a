/** The entry of a copy's thread, with its code in a chunk of its own, as the recount's. */
import './service.ts';
