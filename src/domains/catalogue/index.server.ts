/** The door of the catalogue: what the garden sells. */
export { importProducts, type ProductToImport, productNames } from './server/import.ts';
export { archiveProduct, type BasketProduct, basketProduct, basketProducts, changeProduct, createProduct } from './server/products.ts';
