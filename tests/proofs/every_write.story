# Every operation that writes, at least once, in an order in which each can succeed. The first call of
# each operation is made with each of its statements failing; the others are the way there.
#
#   <operation> {request}          indented lines go on with the one above
#   use <account>                  the account of what follows
#   pass <seconds>                 the clock moves on, and the host looks at it
#   ${<operation>:<path>}          a value of that operation's last reply: ${keys.create:.id}
#   ${directory:<SQL>}             the one value of a query on the directory
#
# A new operation that writes needs a line here: the test names those that have none.

accounts.create {"code":"acme","name":"Acme","plan":"growth","account_type":"seller","inventory_type":"non_serialized",
    "currency":"INR","time_zone":"Asia/Kolkata","country":"IN"}
use acme
catalog.put_location {"code":"BLR","name":"Bengaluru","kind":"warehouse"}
catalog.put_product {"sku":"TEA","name":"Tea","packs":[{"unit":"CASE","factor":12}]}
catalog.put_product {"sku":"MILK","name":"Milk","tracking":"lot","expiry_required":true}
catalog.put_vendor {"code":"V1","name":"Nilgiri Estates","lead_time_days":7}
catalog.put_vendor_item {"vendor":"V1","sku":"TEA","price":"100.00"}
catalog.put_vendor_item {"vendor":"V1","sku":"MILK","price":"50.00"}
catalog.put_customer {"code":"C1","name":"Hotel Leela","kind":"business"}
catalog.put_stock_level {"location":"BLR","sku":"TEA","minimum":5,"maximum":50}
plugins.switch {"plugin":"backorder_po","enabled":true,"reason":"proof","config":{"mode":"immediate"}}
plugins.switch {"plugin":"keeper","enabled":true,"reason":"proof","config":{}}
inventory.adjust {"location":"BLR","reason":"opening","lines":[{"sku":"TEA","quantity":20,"unit_cost":"90.00"},
    {"sku":"MILK","quantity":10,"unit_cost":"40.00","lot":"L1","expires_on":"2027-01-01"}]}
inventory.move_bin {"location":"BLR","sku":"TEA","from_bin":"DEFAULT","to_bin":"A-01","quantity":5}

sales.place_order {"reference":"W-1","location":"BLR","lines":[{"sku":"TEA","quantity":25,"unit_price":"240.00"},
    {"sku":"MILK","quantity":4,"unit_price":"80.00"}]}
sales.amend_order {"number":"SO-000001","lines":[{"line":1,"quantity":30}]}
planning.unpeg {"supply":{"kind":"purchase_order","number":"PO-000001","line":1},"quantity":2}
planning.peg {"covers":[{"supply":{"kind":"purchase_order","number":"PO-000001","line":1},"quantity":1}]}
planning.peg_free_supply {"sku":"TEA"}
sales.hold {"number":"SO-000001"}
sales.release {"number":"SO-000001"}
sales.release_reservation {"number":"SO-000001","lines":[{"line":1,"quantity":2}]}
sales.allocate {"number":"SO-000001"}
sales.ship {"number":"SO-000001","lines":[{"line":1,"quantity":6},{"line":2,"quantity":1}]}
sales.reverse_shipment {"number":"SO-000001","lines":[{"line":1,"quantity":1}]}
sales.expect_return {"order":"SO-000001","lines":[{"line":1,"quantity":2}]}
sales.receive_return {"number":"${sales.expect_return:.number}","lines":[{"line":1,"quantity":1}]}
catalog.lock_lot {"sku":"MILK","lot":"L1"}
catalog.unlock_lot {"sku":"MILK","lot":"L1"}
sales.place_order {"reference":"W-2","location":"BLR","approved":false,"lines":[{"sku":"TEA","quantity":2,"unit_price":"240.00"}]}
sales.approve_order {"number":"SO-000002"}
sales.cancel_order {"number":"SO-000002"}

purchasing.create_order {"reference":"M-1","vendor":"V1","ship_to":"BLR","lines":[{"sku":"TEA","quantity":10}]}
purchasing.amend_order {"number":"${purchasing.create_order:.number}","lines":[{"line":1,"quantity":12}]}
purchasing.submit_order {"number":"${purchasing.create_order:.number}"}
purchasing.approve_order {"number":"${purchasing.create_order:.number}"}
receiving.post_receipt {"purchase_order":"${purchasing.create_order:.number}","location":"BLR",
    "lines":[{"purchase_order_line":1,"sku":"TEA","quantity":3}]}
receiving.set_vendor_invoice {"number":"${receiving.post_receipt:.number}","vendor_invoice":{"number":"INV-9","date":"2026-10-20"}}
receiving.post_receipt {"purchase_order":"${purchasing.create_order:.number}","location":"BLR",
    "lines":[{"purchase_order_line":1,"sku":"TEA","quantity":1}]}
sales.release_reservation {"number":"SO-000001","lines":[{"line":1,"quantity":1}]}
receiving.reverse_receipt {"number":"${receiving.post_receipt:.number}"}
purchasing.close_order {"number":"${purchasing.create_order:.number}"}
purchasing.create_order {"reference":"M-2","vendor":"V1","ship_to":"BLR","lines":[{"sku":"TEA","quantity":10}]}
purchasing.submit_order {"number":"${purchasing.create_order:.number}"}
purchasing.reject_order {"number":"${purchasing.create_order:.number}"}
purchasing.create_order {"reference":"M-3","vendor":"V1","ship_to":"BLR","lines":[{"sku":"TEA","quantity":10}]}
purchasing.cancel_order {"number":"${purchasing.create_order:.number}"}
accounts.update {"name":"Acme Trading","policies":{"quality_check_required":true}}
purchasing.create_order {"reference":"M-4","vendor":"V1","ship_to":"BLR","lines":[{"sku":"TEA","quantity":10}]}
purchasing.submit_order {"number":"${purchasing.create_order:.number}"}
purchasing.approve_order {"number":"${purchasing.create_order:.number}"}
receiving.post_receipt {"purchase_order":"${purchasing.create_order:.number}","location":"BLR",
    "lines":[{"purchase_order_line":1,"sku":"TEA","quantity":4}]}
receiving.inspect_receipt {"number":"${receiving.post_receipt:.number}","lines":[{"line":1,"accepted":3,"rejected":1}]}
accounts.update {"policies":{"quality_check_required":false,"tolerances":[{"beyond":"wait_for_approval"}]}}
receiving.post_receipt {"purchase_order":"${purchasing.create_order:.number}","location":"BLR",
    "lines":[{"purchase_order_line":1,"sku":"TEA","quantity":20}]}
receiving.approve_receipt {"number":"${receiving.post_receipt:.number}"}

# What a person takes away is bought again only by a run.
sales.place_order {"reference":"W-3","location":"BLR","lines":[{"sku":"MILK","quantity":40,"unit_price":"80.00"}]}
purchasing.list_orders {"status":"draft"}
purchasing.cancel_order {"number":"${purchasing.list_orders:.items[-1].number}"}
backorder_po.run {}

# A reaction that fails for good is parked.
plugins.switch {"plugin":"keeper","enabled":true,"reason":"proof","config":{"reaction_fails":true}}
keeper.write {"sku":"TEA","text":"first"}
pass 10
pass 60
pass 300
pass 1000
pass 1000
pass 1000
plugins.switch {"plugin":"keeper","enabled":true,"reason":"proof","config":{"reaction_fails":false}}
plugins.parked {"plugin":"keeper"}
plugins.retry_parked {"plugin":"keeper","event":${plugins.parked:.items[0].event}}

# Another account sends something that the keeper does not take while it sulks: it is parked.
accounts.create {"code":"mill","name":"Mill","plan":"growth","account_type":"seller","inventory_type":"non_serialized",
    "currency":"INR","time_zone":"Asia/Kolkata","country":"IN"}
use mill
plugins.switch {"plugin":"keeper","enabled":true,"reason":"proof","config":{}}
partners.agree {"partner":"acme","reason":"proof"}
use acme
partners.agree {"partner":"mill","reason":"proof"}
plugins.switch {"plugin":"keeper","enabled":true,"reason":"proof","config":{"reaction_fails":true}}
use mill
keeper.tell {"to":"acme","sku":"TEA","text":"sulk"}
pass 1
pass 700
pass 700
pass 700
pass 700
pass 700
use acme
plugins.switch {"plugin":"keeper","enabled":true,"reason":"proof","config":{"reaction_fails":false}}
messages.list_received {"status":"parked"}
messages.retry {"number":${messages.list_received:.items[0].number}}
partners.end {"partner":"mill","reason":"proof"}

plugins.start_job {"plugin":"keeper","job":"count","request":{"to":1}}
jobs.cancel {"id":"${plugins.start_job:.id}"}
imports.run {"kind":"products","csv":"sku,name\nCAKE,Cake\nPIE,Pie\n"}
plugins.rollout {"plugin":"keeper","enabled":true,"reason":"proof","accounts":["acme"],"config":{}}
jobs.cancel_platform {"id":"${directory:SELECT id FROM job}"}
keys.create {"name":"ops","role":"admin"}
keys.revoke {"id":"${keys.create:.id}"}
keys.create_platform {"name":"help","role":"support"}
keys.revoke_platform {"id":"${keys.create_platform:.id}"}
accounts.backup {}

accounts.create {"code":"pool","name":"Pool","plan":"growth","account_type":"seller","inventory_type":"serialized","serial_mode":5,
    "currency":"INR","time_zone":"Asia/Kolkata","country":"IN"}
use pool
receiving.issue_serials {"count":5}

accounts.create {"code":"bharat","name":"Bharat","plan":"growth","account_type":"seller","inventory_type":"non_serialized",
    "currency":"INR","time_zone":"Asia/Kolkata","country":"IN"}
use bharat
catalog.put_location {"code":"BLR","name":"Bengaluru","kind":"warehouse","gstin":"29AAGCB7383J1Z4",
    "address":{"line1":"1 MG Road","city":"Bengaluru","state_code":"29","postal_code":"560001","country":"IN"}}
catalog.put_location {"code":"BOM","name":"Mumbai","kind":"warehouse","gstin":"27AAGCB7383J1Z8",
    "address":{"line1":"3 Marine Drive","city":"Mumbai","state_code":"27","postal_code":"400001","country":"IN"}}
catalog.put_product {"sku":"TEA","name":"Tea","hsn":"0902","tax_rate":"5"}
documents.put_settings {"e_invoicing":false,"e_way_bill_limit":"75000.00"}
documents.put_settings {"e_invoicing":false}
documents.put_series {"gstin":"29AAGCB7383J1Z4","kind":"tax_invoice","pattern":"INV-{year}/{number}"}
documents.issue {"kind":"tax_invoice","purpose":"transfer","source":{"kind":"transfer","number":"STN-1"},"reference":"T-1",
    "supplier":{"location":"BLR"},"recipient":{"location":"BOM"},"lines":[{"sku":"TEA","quantity":3,"unit_price":"33.37"}]}
documents.set_transport {"id":"${documents.issue:.id}","transport":{"mode":"road","vehicle_number":"KA01AB1234","distance_km":980}}
documents.set_registration {"id":"${documents.issue:.id}",
    "registration":{"irn":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}}
documents.issue {"kind":"tax_invoice","purpose":"transfer","source":{"kind":"transfer","number":"STN-2"},
    "supplier":{"location":"BLR"},"recipient":{"location":"BOM"},"lines":[{"sku":"TEA","quantity":3,"unit_price":"33.37"}]}
documents.void {"id":"${documents.issue:.id}","reason":"typed twice"}

# Goods go from one place to the other: the host's own steps, then with the plugin's documents.
catalog.put_location {"code":"MYS","name":"Mysuru","kind":"warehouse","gstin":"29AAGCB7383J1Z4",
    "address":{"line1":"2 Palace Road","city":"Mysuru","state_code":"29","postal_code":"570001","country":"IN"}}
inventory.adjust {"location":"BLR","reason":"opening","lines":[{"sku":"TEA","quantity":100,"unit_cost":"90.00"}]}
transfers.create {"reference":"T-1","source":"BLR","destination":"BOM","lines":[{"sku":"TEA","quantity":9}]}
transfers.amend {"number":"${transfers.create:.number}","lines":[{"line":1,"quantity":8}]}
transfers.approve {"number":"${transfers.create:.number}"}
transfers.dispatch {"number":"${transfers.create:.number}"}
transfers.receive {"number":"${transfers.create:.number}","difference_owner":"desk","difference_due_on":"2039-12-31",
    "lines":[{"line":1,"quantity":5,"damaged":1,"missing":2}],"excess":[{"sku":"TEA","quantity":1},{"sku":"TEA","quantity":2}]}
transfers.resolve {"number":"${transfers.create:.number}","difference":1,"outcome":"lost","reason":"crushed"}
transfers.approve_excess {"number":"${transfers.create:.number}","excess":1}
transfers.reject_excess {"number":"${transfers.create:.number}","excess":2}
transfers.create {"source":"BLR","destination":"BOM","lines":[{"sku":"TEA","quantity":3}]}
transfers.cancel {"number":"${transfers.create:.number}"}

plugins.switch {"plugin":"stn","enabled":true,"reason":"proof"}
stn.set_price {"sku":"TEA","price":"120.00"}
sales.place_order {"reference":"S-1","location":"BOM","lines":[{"sku":"TEA","quantity":12,"unit_price":"240.00"}]}
stn.create {"reference":"S-1","source":"BLR","destination":"BOM","lines":[{"sku":"TEA","quantity":10}]}
stn.amend {"number":"${stn.create:.number}","lines":[{"line":1,"quantity":9}]}
stn.approve {"number":"${stn.create:.number}"}
stn.dispatch {"number":"${stn.create:.number}","transport":{"mode":"road","vehicle_number":"KA01AB1234","distance_km":980}}
stn.receive {"number":"${stn.create:.number}","lines":[{"line":1,"quantity":5,"missing":4}],
    "excess":[{"sku":"TEA","quantity":1},{"sku":"TEA","quantity":2}]}
stn.resolve {"number":"${stn.create:.number}","difference":1,"outcome":"returned_to_source","quantity":3}
stn.resolve {"number":"${stn.create:.number}","difference":1,"outcome":"lost","reason":"crushed"}
stn.approve_excess {"number":"${stn.create:.number}","excess":1}
stn.reject_excess {"number":"${stn.create:.number}","excess":2}
stn.close {"number":"${stn.create:.number}"}
stn.create {"source":"BLR","destination":"MYS","lines":[{"sku":"TEA","quantity":2}]}
stn.approve {"number":"${stn.create:.number}"}
stn.dispatch {"number":"${stn.create:.number}"}
stn.cancel {"number":"${stn.create:.number}","reason":"road closed",
    "dispositions":[{"line":1,"quantity":2,"outcome":"returned_to_source"}]}
catalog.put_stock_level {"location":"MYS","sku":"TEA","minimum":5,"maximum":8}
stn.request_low_stock {}

# One order for several places, one of them reached through a hub; what waits there is sent on or kept.
plugins.switch {"plugin":"split_delivery","enabled":true,"reason":"proof"}
catalog.put_vendor {"code":"V1","name":"Nilgiri Estates","tax_status":"regular","gstin":"33ABCDE1234F1Z7"}
catalog.put_vendor_item {"vendor":"V1","sku":"TEA","price":"100.00"}
sales.place_order {"reference":"H-1","location":"MYS","lines":[{"sku":"TEA","quantity":9,"unit_price":"240.00"}]}
purchasing.create_order {"reference":"M-5","vendor":"V1","ship_to":"BLR","charges":[{"name":"Freight","amount":"10.00"}],
    "lines":[{"sku":"TEA","quantity":20}]}
split_delivery.split {"number":"${purchasing.create_order:.number}","rows":[{"sku":"TEA","location":"BLR","quantity":11},
    {"sku":"TEA","location":"MYS","quantity":9,"via":"BOM"}]}
split_delivery.redistribute {"number":"${purchasing.create_order:.number}","version":${split_delivery.split:.version},
    "rows":[{"sku":"TEA","location":"BLR","quantity":7},{"sku":"TEA","location":"BOM","quantity":4},
        {"sku":"TEA","location":"MYS","quantity":9,"via":"BOM"}]}
purchasing.approve_order {"number":"${purchasing.create_order:.number}"}
receiving.post_receipt {"purchase_order":"${split_delivery.redistribute:.children[1].number}","location":"BOM",
    "lines":[{"sku":"TEA","quantity":3}]}
plugins.switch {"plugin":"stn","enabled":false,"reason":"proof","in_flight":"frozen"}
receiving.post_receipt {"purchase_order":"${split_delivery.redistribute:.children[1].number}","location":"BOM",
    "lines":[{"sku":"TEA","quantity":2}]}
plugins.switch {"plugin":"stn","enabled":true,"reason":"proof"}
split_delivery.send_on {"number":"${receiving.post_receipt:.number}"}
plugins.switch {"plugin":"stn","enabled":false,"reason":"proof","in_flight":"frozen"}
receiving.post_receipt {"purchase_order":"${split_delivery.redistribute:.children[1].number}","location":"BOM",
    "lines":[{"sku":"TEA","quantity":1}]}
split_delivery.keep {"number":"${receiving.post_receipt:.number}"}
purchasing.create_order {"reference":"M-6","vendor":"V1","ship_to":"BLR","lines":[{"sku":"TEA","quantity":4}]}
purchasing.create_order {"reference":"M-7","vendor":"V1","ship_to":"MYS","lines":[{"sku":"TEA","quantity":5}]}
purchasing.list_orders {"status":"draft"}
split_delivery.group {"purchase_orders":["${purchasing.list_orders:.items[0].number}","${purchasing.list_orders:.items[1].number}"]}
