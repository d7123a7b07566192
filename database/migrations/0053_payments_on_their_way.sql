-- What is on its way from a customer (debits handed to the bank) is left out of what is late, wherever that is told: few payments among many.
create index on payment (garden_id, customer_id) where state = 'scheduled' and direction = 'in';
