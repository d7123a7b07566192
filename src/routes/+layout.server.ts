import { takeFlash } from '#edge/flash.ts';

export const load = ({ cookies }) => ({ flash: takeFlash(cookies) });
