"""Addresses of controlled stock."""

from django.urls import path

from kairos.web.clinic.stock import count_views, lot_views, views

urlpatterns = [
    path("stock/", views.show_stock, name="stock"),
    path("stock/keeping/", views.show_keeping, name="stock_keeping"),
    path("stock/receive/", views.show_receive, name="stock_receive"),
    path("stock/doses/<uuid:issue>/", lot_views.show_issue, name="stock_issue"),
    path("stock/lots/<uuid:lot_id>/", lot_views.show_register, name="stock_register"),
    path("stock/lots/<uuid:lot_id>/destroy/", lot_views.show_waste, name="stock_waste"),
    path("stock/lots/<uuid:lot_id>/send-back/", lot_views.show_send_back, name="stock_send_back"),
    path("stock/entries/<uuid:entry_id>/correct/", lot_views.show_correct, name="stock_correct"),
    path("stock/count/<uuid:site_id>/", count_views.show_count, name="stock_count"),
    path("stock/inventory/<uuid:site_id>/", count_views.show_take_inventory, name="stock_take_inventory"),
    path("stock/inventories/<uuid:inventory_id>/", count_views.show_inventory, name="stock_inventory"),
    path(
        "stock/discrepancies/<uuid:discrepancy_id>/", count_views.show_discrepancy, name="stock_discrepancy"
    ),
]
