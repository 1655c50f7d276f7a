/** Where the catalogue's weights are; a host may serve them from elsewhere. */
export const HUB = 'https://huggingface.co';
