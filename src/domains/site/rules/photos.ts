/** Where a photo may stand on the public pages, and in which sizes it is kept. */

export const photoPlaces = ['cover', 'logo', 'about', 'social', 'gallery', 'basket', 'article'] as const;
export type PhotoPlace = (typeof photoPlaces)[number];
/** Those of which there is one. */
export const singlePlaces = ['cover', 'logo', 'about', 'social'] as const;

/** Widths kept of each photo, in pixels, when it is that large: a weak phone takes the first. */
export const photoWidths: Record<PhotoPlace, readonly number[]> = {
  cover: [480, 960, 1600],
  logo: [240, 480],
  about: [480, 960],
  social: [480, 960],
  gallery: [480, 960, 1600],
  basket: [320, 640, 960],
  article: [480, 960],
};

export type SitePhoto = {
  id: number;
  place: PhotoPlace;
  /** The basket that it shows; null elsewhere. */
  productId: number | null;
  alt: string;
  /** Of its largest size, in pixels. */
  width: number;
  height: number;
  position: number;
  /** Widths that are kept, smallest first, in pixels. */
  sizes: number[];
};

/** Those that have a file: the others are on their way in or out. */
export const sitePhotos = (photos: readonly SitePhoto[]): SitePhoto[] => photos.filter(({ sizes }) => sizes.length > 0);

/** Attributes of the `img` that shows a photo. @param base of the garden's pages (`siteBase`); @param sizes how wide it stands, as CSS says it. */
export function imageOf(base: string, photo: Pick<SitePhoto, 'id' | 'width' | 'height' | 'alt' | 'sizes'>, sizes: string) {
  const at = (width: number) => `${base}/photos/${photo.id}-${width}.webp`;
  return {
    src: at(photo.sizes[Math.min(1, photo.sizes.length - 1)]!),
    srcset: photo.sizes.length > 1 ? photo.sizes.map((width) => `${at(width)} ${width}w`).join(', ') : undefined,
    sizes: photo.sizes.length > 1 ? sizes : undefined,
    width: photo.width,
    height: photo.height,
    alt: photo.alt,
  };
}
