/** Whether this is a page, which computes and downloads on other threads; a worker and Node do it here. */
export const inPage = (): boolean => typeof document !== 'undefined';
