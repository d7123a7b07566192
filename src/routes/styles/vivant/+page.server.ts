export const actions = {
  /** Answers the order it was sent, for the tests. */
  default: async ({ request }: { request: Request }) => ({ order: (await request.formData()).getAll('order').map(String) }),
};
