const side = 1600;

/** A photo as a telephone takes it weighs ten times what is needed, and says where it was taken: a smaller one, that does not. As it is when it cannot be read. */
export async function shrink(photo: Blob): Promise<Blob> {
  try {
    const image = await createImageBitmap(photo);
    const scale = Math.min(1, side / Math.max(image.width, image.height));
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [Math.round(image.width * scale), Math.round(image.height * scale)];
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob((smaller) => resolve(smaller ?? photo), 'image/jpeg', 0.75));
  } catch {
    return photo;
  }
}
