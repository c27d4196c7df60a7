insert into customers (name, created_on, amount, region) select 'customer ' || x, date '2026-01-01', 0, mod(x, 7) from system_range(1, 200);
insert into purchases (name, created_on, amount, customer) select 'purchase ' || x, date '2026-01-01', mod(x, 97), 1 + mod(x, 200) from system_range(1, 5000);
