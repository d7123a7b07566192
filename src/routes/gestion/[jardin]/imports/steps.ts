/** The way from files to a garden. */
export const steps = [{ label: 'Choisir les fichiers' }, { label: 'Vérifier' }, { label: 'Importer' }];
