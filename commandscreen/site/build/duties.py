"""The three lists of the demo: 8 + 22 certificates, 15 main duties, 18 assisting duties, in our own words."""

from __future__ import annotations

from ...domain.category import DutyItem

_KEPT = "居住情况 亲属关系 经济状况 无固定收入 在家养老 遗失补办说明 社区服刑人员表现 志愿服务时长"
_ENDED = (
    "无犯罪记录 婚姻状况 死亡情况 健在证明 健康状况 家庭矛盾经过 房屋产权 房屋拆除 车辆停放 车辆事故 宠物无主 学历 工作经历 "
    "失业情况 收养情况 户口性质 独生子女 无业 邻里同意 水电用户 快递收件 银行挂失"
)
_MAIN = (
    "宣传和执行党的路线方针政策|召开居民（村民）会议|办理公共事务和公益事业|建立网格并配齐网格员|组织党员和居民志愿服务|调解民间纠纷|"
    "收集并反映居民意见|公开居务、村务和财务|管理集体资产资源|推进移风易俗|维护公共卫生|组织邻里互助|培育社区社会组织|指导业主自治|保护未成年人和老年人权益"
)
_ASSIST = (
    "基层党建和换届选举|干部下沉服务保障|政策宣传和信息采集|人口和流动服务登记|法律援助和三官一律进网格|治安巡防|公共安全隐患排查和处置|"
    "矛盾纠纷排查|救助、养老、供暖等民生保障|燃气和用火安全检查|参与治理的组织名录更新|基层经费使用公示|办公设备和阵地改善|志愿者招募和登记|"
    "就业用工信息更新|疫病防控和健康教育|环境整治和河长巡查|征兵、双拥和退役军人服务"
)


def duty_items() -> tuple[DutyItem, ...]:
    """All 63 lines, list by list."""
    lists = (
        ("certificate_kept", _KEPT.split()),
        ("certificate_ended", _ENDED.split()),
        ("main_duty", _MAIN.split("|")),
        ("assist_duty", _ASSIST.split("|")),
    )
    return tuple(DutyItem(name, number, text) for name, texts in lists for number, text in enumerate(texts, 1))
