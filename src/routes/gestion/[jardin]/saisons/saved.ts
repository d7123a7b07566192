/** What is told once a season is saved. */
export const saySaved = (name: string, deliveries: number): string =>
  `« ${name} » est enregistrée.${deliveries ? ` ${deliveries} livraisons ont été créées dans le calendrier.` : ''}`;
