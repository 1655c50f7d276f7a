/** A page that does not exist leads on to the variant whose name stands in its address. */
import { modelInAddress } from '../zoo/address.ts';
import { href } from './href.ts';

const meant = modelInAddress(location.pathname);
if (meant) location.replace(`${href(`/models/${meant.id}/`)}${location.search}${location.hash}`);
