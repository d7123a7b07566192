/** Dragging a stop, and moving it with the keyboard, earn their JavaScript; the two buttons of each row do without. */
export const csr = true;
