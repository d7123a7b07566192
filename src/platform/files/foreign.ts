const starts = (content: Uint8Array, text: string, at = 0): boolean =>
  Buffer.from(content.buffer, content.byteOffset, content.byteLength)
    .subarray(at, at + text.length)
    .toString('latin1') === text;

const save = 'Ouvrez-le, choisissez « Enregistrer sous », puis le format XLSX ou CSV.';

/** Zip archives: workbooks, and much else. */
export const isZip = (content: Uint8Array): boolean => starts(content, 'PK\x03\x04');

/** Why a file that is neither CSV nor XLSX cannot be read, and what to do, in French; null when it may be one of them. */
export function foreignFormat(name: string, content: Uint8Array): string | null {
  const file = `« ${name} »`;
  if (starts(content, '\xd0\xcf\x11\xe0'))
    return `${file} est un ancien classeur Excel (.xls) ou un classeur protégé par un mot de passe. ${save}`;
  if (starts(content, '%PDF'))
    return `${file} est un PDF : il montre un tableau mais n’en contient pas. Retrouvez le tableau d’origine et enregistrez-le au format XLSX ou CSV.`;
  if (starts(content, 'Standard ', 4)) return `${file} est une base Access. Exportez chaque table au format XLSX ou CSV.`;
  if (isZip(content) && starts(content, 'mimetypeapplication/vnd.oasis.opendocument', 30))
    return `${file} est un document LibreOffice. ${save}`;
  if (starts(content, '\x89PNG') || starts(content, '\xff\xd8\xff') || starts(content, 'GIF8'))
    return `${file} est une image. Retrouvez le tableau d’origine et enregistrez-le au format XLSX ou CSV.`;
  if (
    /^\s*(<!doctype html|<html|<table|<\?xml)/i.test(
      Buffer.from(content.subarray(0, 200))
        .toString('latin1')
        .replace(/^\xef\xbb\xbf/, ''),
    )
  ) {
    return `${file} est une page web ou du XML, malgré son nom. ${save}`;
  }
  return null;
}
