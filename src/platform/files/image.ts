export type ImageType = 'image/jpeg' | 'image/png' | 'image/webp';

const starts = (bytes: Uint8Array, at: number, signature: readonly number[]) =>
  signature.every((byte, index) => bytes[at + index] === byte);
const letters = (text: string) => [...text].map((letter) => letter.charCodeAt(0));

/** What an image is by its first bytes, whatever its name or what its sender said; null when it is none of those that we show. */
export function imageType(bytes: Uint8Array): ImageType | null {
  if (starts(bytes, 0, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  if (starts(bytes, 0, [0x89, ...letters('PNG\r\n\x1a\n')])) return 'image/png';
  if (starts(bytes, 0, letters('RIFF')) && starts(bytes, 8, letters('WEBP'))) return 'image/webp';
  return null;
}
