/** The door of the catalogue: what the garden sells. */
export { importProducts, type ProductToImport, productNames } from './server/import.ts';
export { archiveProduct, changeProduct, createProduct, type Product, product, products } from './server/products.ts';
