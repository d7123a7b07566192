-- A subscription and a delivery are of one garden. Told so, PostgreSQL expects as many baskets as there are when it looks for those of some subscriptions
-- of a garden; it expected a hundred times fewer, and sorted what it should have summed. Counted with the table's other statistics.
create statistics baskets_of_gardens (dependencies) on garden_id, subscription_id, delivery_id from basket;
