"""The tasks of the demo's board: what they are called, who proposes them, to whom, on which line of the lists."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.task import Lane

P, E, S, L = Lane.PARTY, Lane.ECONOMY, Lane.SOCIETY, Lane.LIVELIHOOD


@dataclass(frozen=True, slots=True)
class Plot:
    """One task. `weeks` ago it was handed down, 0 = still a draft; it was due `days` after that; `done` is the share of
    recipients that have reported, 1 with `accepted` below 1 waits for acceptance. `fields` are number fields asked for."""

    lane: Lane
    title: str
    bureau: str
    to: tuple[str, ...]
    item: tuple[str, int] | None
    weeks: int = 0
    days: int = 21
    done: float = 0.0
    accepted: float = 0.0
    fields: tuple[tuple[str, str, str], ...] = ()
    text: str = ""


TOWNS, STREETS, COMMUNITIES = ("township",), ("street",), ("community",)
BOTH = ("street", "community")


def _main(number: int) -> tuple[str, int]:
    return "main_duty", number


def _assist(number: int) -> tuple[str, int]:
    return "assist_duty", number


PLOTS: tuple[Plot, ...] = (
    # 党建
    Plot(P, "街道“大工委”本季度会议", "组织部", STREETS, _main(2), text="每季度一次，三圈成员单位到会，决议当场形成任务。"),
    Plot(P, "网格党小组建在网格节点复核", "组织部", TOWNS, _main(5), 1, 14, 0.79,
         fields=(("party_groups", "网格党小组数", "number"), ("grids", "网格数", "number"))),
    Plot(P, "“四结对”本季度结对走访", "组织部", BOTH, _main(3), 2, 28, 0.61, fields=(("pairs", "结对数", "number"),)),
    Plot(P, "网格党支部书记轮训报名", "组织部", STREETS, _assist(1), 1, 10, 0.35,
         fields=(("trainees", "报名人数", "number"),)),
    Plot(P, "下沉干部到岗核对", "组织部", COMMUNITIES, _assist(2), 3, 18, 1.0, 0.97,
         fields=(("cadres", "在岗下沉干部", "number"), ("contact", "联系人", "text"))),
    Plot(P, "驻村第一书记季度走访", "农业农村局", TOWNS, _assist(2), 4, 14, 1.0, 1.0),
    Plot(P, "驻村工作队轮换登记", "组织部", TOWNS, _assist(2), 3, 12, 1.0, 1.0),
    # 经济
    Plot(E, "社区填报企业用电台账", "发改委", COMMUNITIES, None, text="统计上季度辖区企业用电量。"),
    Plot(E, "参与治理企业名录更新", "工商联", TOWNS, _assist(11), 2, 20, 0.56, fields=(("firms", "企业数", "number"),)),
    Plot(E, "村务用工信息按月更新", "人社局", TOWNS, _assist(15), 1, 21, 0.63, fields=(("posts", "用工岗位", "number"),)),
    Plot(E, "社区办公经费到位核对", "财政局", COMMUNITIES, _assist(12), 3, 18, 1.0, 0.96,
         fields=(("funds_in", "是否到位", "yes_no"),)),
    Plot(E, "替代电脑划拨登记", "工信局", TOWNS, _assist(13), 4, 15, 1.0, 1.0, fields=(("computers", "划拨台数", "number"),)),
    Plot(E, "村级组织运转经费拨付", "财政局", TOWNS, _assist(12), 3, 12, 1.0, 1.0),
    # 社会
    Plot(S, "“三官一律”下月进网格排班", "政法委", TOWNS, _assist(5)),
    Plot(S, "低洼点位摸排", "应急局", STREETS, _assist(7)),
    Plot(S, "“一村一辅警”到岗复核", "公安局", TOWNS, _assist(6), 1, 15, 0.7, fields=(("auxiliaries", "到岗辅警", "number"),)),
    Plot(S, "矛盾纠纷集中排查", "司法局", TOWNS, _assist(8), 2, 21, 0.44, fields=(("disputes", "排查纠纷", "number"),)),
    Plot(S, "网格员持证上岗核对", "政法委", STREETS, _main(4), 1, 12, 0.28, fields=(("grid_workers", "网格员数", "number"),)),
    Plot(S, "民间调解组织台账核对", "司法局", STREETS, _assist(8), 2, 12, 1.0, 0.76,
         fields=(("mediators", "调解员数", "number"),)),
    Plot(S, "志愿者下沉网格季度名册", "文明办", TOWNS, _assist(14), 3, 23, 1.0, 0.95,
         fields=(("volunteers", "在册志愿者", "number"),)),
    Plot(S, "消防通道占用集中清理", "应急局", STREETS, _assist(7), 4, 14, 1.0, 1.0),
    Plot(S, "“法官进网格”全员名册", "中级法院", TOWNS, _assist(5), 3, 12, 1.0, 1.0),
    Plot(S, "安全隐患回头看", "应急局", STREETS, _assist(7), 5, 10, 1.0, 1.0),
    # 民生
    Plot(L, "供暖检修后入户回访", "住建局", STREETS, _assist(9)),
    Plot(L, "证明事项22项停开抽查", "民政局", COMMUNITIES, ("certificate_ended", 1), 1, 18, 0.53,
         fields=(("asked", "仍被要求开具次数", "number"),)),
    Plot(L, "“一口式受理”窗口巡查", "政务局", COMMUNITIES, _main(9), 1, 21, 0.27,
         fields=(("windows", "窗口数", "number"), ("households", "户数", "number"))),
    Plot(L, "困难家庭入户走访", "民政局", STREETS, _assist(9), 2, 20, 0.5, fields=(("visits", "走访户数", "number"),)),
    Plot(L, "独居老人燃气报警器更换", "民政局", STREETS, _assist(10), 3, 21, 1.0, 0.9,
         fields=(("alarms", "更换个数", "number"),)),
    Plot(L, "换热站停供应急演练", "供热公司", STREETS, _assist(9), 2, 13, 1.0, 0.97),
    Plot(L, "社区办公场所改善第一批", "民政局", STREETS, _assist(13), 4, 15, 1.0, 1.0),
    Plot(L, "证明事项8项保留清单上墙", "民政局", COMMUNITIES, ("certificate_kept", 1), 4, 10, 1.0, 1.0),
    Plot(L, "养老服务点安全检查", "民政局", STREETS, _assist(9), 5, 12, 1.0, 1.0),
)  # fmt: skip

URGENT = Plot(S, "老旧小区消防管网排查", "住建局", STREETS, _assist(7), 0, 9, 0.62, fields=(("valves", "更换阀门", "number"),),
              text="鞍千路32栋消防管道破裂，同类老旧管网须立即排查。")  # fmt: skip
URGENT_REASON = "鞍千路32栋管道破裂，同类管网存在即时风险，须当晚排查"

# What was said at meetings, and what the recipients reported.
POINTS = (
    "限期内一次回报，不另发文",
    "已有数据不再要基层填",
    "超期的由部门到点上帮办",
    "重复的与上周任务合并",
    "结果下周会上通报",
)
DONE_WORDS = ("已完成，无遗留", "已逐户核对", "已完成，名单附后", "已整改到位", "已走访，情况正常")
REVIEW_WORDS = "数据已核，通过"
RESOLUTIONS = (
    (L, "楼道照明共建", "由成员单位认领，逐楼更换照明。", _assist(9)),
    (P, "党员中心户挂牌", "每个网格推荐一户，社区党组织审定。", _main(5)),
    (S, "老旧小区停车位协商", "由物业、业主代表与派出所共同议定。", _main(12)),
)  # fmt: skip
