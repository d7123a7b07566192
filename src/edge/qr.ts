import bwipjs from 'bwip-js/node';

/** A QR code as SVG, to be put in a page as it is: black on white whatever the theme, with its quiet margin. */
export const qrCode = (text: string): string =>
  bwipjs.toSVG({ bcid: 'qrcode', text, scale: 4, paddingwidth: 8, paddingheight: 8, backgroundcolor: 'ffffff' });
