import { expect, test } from 'vitest';
import { imageType } from './image.ts';

const bytes = (...parts: (string | number)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from([part]))));

test('an image is known by its first bytes alone', () => {
  expect(imageType(bytes(0xff, 0xd8, 0xff, 0xe0, 'JFIF'))).toBe('image/jpeg');
  expect(imageType(bytes(0x89, 'PNG\r\n\x1a\n', 'IHDR'))).toBe('image/png');
  expect(imageType(bytes('RIFF', 0, 0, 0, 0, 'WEBPVP8 '))).toBe('image/webp');
});

test('anything else is no image, nor what is cut short', () => {
  expect(imageType(bytes('<svg xmlns="http://www.w3.org/2000/svg"><script>'))).toBeNull();
  expect(imageType(bytes('GIF89a'))).toBeNull();
  expect(imageType(bytes('RIFF', 0, 0, 0, 0, 'WAVE'))).toBeNull();
  expect(imageType(bytes(0xff, 0xd8))).toBeNull();
  expect(imageType(new Uint8Array())).toBeNull();
});
